import { installDependencies } from "./lib/Install.ts"

installDependencies()
await import("./lib/Build.ts")
