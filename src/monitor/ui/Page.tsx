import type { ComponentChildren } from "preact"
import { useEffect, useRef } from "preact/hooks"

interface Props {
  readonly title: string
  /** Shown in the tab; the title where there is none. */
  readonly tab?: string
  readonly width?: "narrow" | "medium" | "wide"
  readonly children: ComponentChildren
  /** Above the title: where one came from. */
  readonly before?: ComponentChildren
  /** Beside the title. */
  readonly aside?: ComponentChildren
}

// The first view keeps the focus where the browser put it.
let arrived = false

/** One view: names the tab and takes the focus when it comes, so that a screen reader says where one is. */
export const Page = ({ title, tab = title, width = "medium", children, before, aside }: Props) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (arrived) heading.current?.focus()
    arrived = true
  }, [])
  useEffect(() => {
    document.title = `${tab} · Timbra`
  }, [tab])
  return (
    <div class={`page ${width}`}>
      <div class="page-head">
        {before}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
      </div>
      {children}
    </div>
  )
}
