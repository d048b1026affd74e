import { hrefs, route } from "./Route.ts"
import { logOut, session } from "./Session.ts"
import { language, text } from "./Text.ts"
import { theme, toggleTheme } from "./Theme.ts"
import { Icon } from "./ui/Icon.tsx"

const Sections = () => {
  const t = text.value.page
  const { view } = route.value
  const current = (...views: ReadonlyArray<string>) => (views.includes(view) ? "page" : undefined)
  return (
    <nav class="sections" aria-label={t.sections}>
      <a href={hrefs.home} aria-current={current("tasks", "task")}>
        {t.tasks}
      </a>
      <a href={hrefs.new} aria-current={current("new")}>
        {t.newTask}
      </a>
      <a href={hrefs.profile} aria-current={current("profile")}>
        {t.profile}
      </a>
    </nav>
  )
}

const Settings = () => {
  const t = text.value.page
  const other = language.value === "es" ? "en" : "es"
  return (
    <div class="settings">
      <button type="button" class="button quiet" lang={other} onClick={() => (language.value = other)}>
        {t.language}
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={theme.value === "dark" ? t.toLight : t.toDark}
        onClick={toggleTheme}
      >
        <Icon name={theme.value === "dark" ? "sun" : "moon"} />
      </button>
      {session.value && (
        <button type="button" class="icon-button" aria-label={t.logOut} title={session.value.email} onClick={logOut}>
          <Icon name="exit" />
        </button>
      )}
    </div>
  )
}

export const Header = () => (
  <header class="top">
    <a class="brand" href={hrefs.home}>
      <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <path
          class="brand-mark"
          d="M9 4h14v3a5 5 0 0 1-2 4v6h4a3 3 0 0 1 3 3v4H4v-4a3 3 0 0 1 3-3h4v-6a5 5 0 0 1-2-4V4Z"
        />
        <path class="brand-line" d="M4 28h24" />
      </svg>
      Timbra
    </a>
    {session.value && <Sections />}
    <Settings />
  </header>
)
