import { Command, FileSystem } from "@effect/platform"
import { Effect } from "effect"
import { type Counts, countReport } from "./Counts.ts"

interface Options {
  readonly cwd: string
  readonly args: ReadonlyArray<string>
  readonly env: Record<string, string>
  readonly output: "inherit" | "pipe"
}

// As `bun test` takes them: parts of a path. With any option the files cannot be told beforehand.
const expectedFiles = ({ args, cwd }: Options) => {
  if (args.some((argument) => argument.startsWith("-"))) return []
  const files = [...new Bun.Glob("test/**/*.{test,spec}.{ts,tsx,js,jsx}").scanSync({ cwd })]
  return files.filter((file) => args.length === 0 || args.some((part) => file.includes(part)))
}

/** Runs the tests and counts them from the runner's own report. */
export const bunTest = Effect.fn("bunTest")(function* (options: Options) {
  const fs = yield* FileSystem.FileSystem
  const report = `${yield* fs.makeTempDirectoryScoped({ prefix: "timbra-test-" })}/report.xml`
  const settings = [
    "--reporter=junit",
    `--reporter-outfile=${report}`,
    // What a busy machine makes late is tried once more, and the runner tells of it as "attempt 2".
    "--timeout=90000",
    "--retry=1",
    // Tests wait three quarters of their time: two processes keep two cores busy. Modules are read once in each.
    "--parallel=2",
    "--no-isolate"
  ]
  const code = yield* Command.make(process.execPath, "test", ...settings, ...options.args).pipe(
    Command.workingDirectory(options.cwd),
    Command.env(options.env),
    Command.stdout(options.output),
    Command.stderr(options.output),
    Command.exitCode,
    // A runner that was killed has no exit code.
    Effect.orElseSucceed(() => 1)
  )
  const counts: Counts = (yield* fs.exists(report))
    ? yield* countReport(yield* fs.readFileString(report), expectedFiles(options))
    : { passed: 0, failed: 1, skipped: 0 }
  const failed = counts.failed === 0 && (code !== 0 || counts.passed === 0) ? 1 : counts.failed
  return { ...counts, failed }
}, Effect.scoped)
