import { computed, effect, signal } from "@preact/signals"

type Theme = "light" | "dark"

const key = "timbra.theme"

const dark = matchMedia("(prefers-color-scheme: dark)")

const system = signal<Theme>(dark.matches ? "dark" : "light")
dark.addEventListener("change", () => {
  system.value = dark.matches ? "dark" : "light"
})

const stored = localStorage.getItem(key)

const chosen = signal<Theme | undefined>(stored === "light" || stored === "dark" ? stored : undefined)

export const theme = computed(() => chosen.value ?? system.value)

export const toggleTheme = () => {
  chosen.value = theme.value === "dark" ? "light" : "dark"
}

effect(() => {
  if (chosen.value === undefined) return
  localStorage.setItem(key, chosen.value)
  document.documentElement.dataset.theme = chosen.value
})
