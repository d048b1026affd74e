import { text } from "../Text.ts"

export const Loading = () => (
  <p class="loading" role="status">
    <span class="spinner" aria-hidden="true" />
    {text.value.page.loading}
  </p>
)
