/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { render } from "preact"
import { App } from "./App.tsx"

render(<App />, document.body)
