// Taken `with { type: "file" }`: their paths, also inside a binary.
declare module "@electric-sql/pglite/*.wasm" {
  const path: string
  export default path
}

declare module "@electric-sql/pglite/*.data" {
  const path: string
  export default path
}
