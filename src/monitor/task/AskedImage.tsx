import { text } from "../Text.ts"
import { Loading } from "../ui/Loading.tsx"
import { usePrivateFile } from "../ui/PrivateFile.ts"

export const AskedImage = ({ path }: { readonly path: string }) => {
  const { problem, shown } = usePrivateFile(path)
  if (shown.value !== undefined) {
    return (
      <a href={shown.value} target="_blank" rel="noopener" title={text.value.ask.larger}>
        <img class="asked-image" src={shown.value} alt={text.value.ask.image} />
      </a>
    )
  }
  return problem.value ? <p class="field-error">{problem.value.detail}</p> : <Loading />
}
