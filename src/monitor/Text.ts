import { computed, effect, signal } from "@preact/signals"
import { english } from "./text/English.ts"
import { spanish } from "./text/Spanish.ts"

export type Language = "es" | "en"

const key = "timbra.language"

const dictionaries = { es: spanish, en: english }

export const language = signal<Language>(localStorage.getItem(key) === "en" ? "en" : "es")

/** All that the page says, in the language of its user. */
export const text = computed(() => dictionaries[language.value])

effect(() => {
  localStorage.setItem(key, language.value)
  document.documentElement.lang = language.value === "en" ? "en" : "es-MX"
})
