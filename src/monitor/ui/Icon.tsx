const paths = {
  navigate:
    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3.5 9h17M3.5 15h17M12 3c2.5 2.6 3.6 5.6 3.6 9s-1.1 6.4-3.6 9c-2.5-2.6-3.6-5.6-3.6-9S9.5 5.6 12 3Z",
  input: "M4 20h4.5L19 9.5a2.1 2.1 0 0 0 0-3l-1.5-1.5a2.1 2.1 0 0 0-3 0L4 15.5V20ZM13 6.5l4.5 4.5",
  click: "M9 3v3M3 9h3M4.8 4.8l2.1 2.1M13.2 4.8l-2.1 2.1M4.8 13.2l2.1-2.1M10 10l10.5 3.8-4.7 2-2 4.7L10 10Z",
  thinking:
    "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z",
  error: "M12 8v5M12 16.5h.01M12 3 2.5 20h19L12 3Z",
  user_intervention: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0",
  completed: "m5 12.5 4.5 4.5L19 7.5",
  pause: "M8 5v14M16 5v14",
  resume: "M7 5v14l12-7L7 5Z",
  takeover: "M4 4v12l3.5-3 2.5 6 2.5-1-2.5-6H15L4 4ZM18 4v6M15 7h6",
  release: "M4 12h11M11 7l5 5-5 5M20 5v14",
  cancel: "M6 6l12 12M18 6 6 18",
  retry: "M20 5v5h-5M19.5 10A8 8 0 1 0 20 13.5",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  external: "M14 4h6v6M20 4l-9 9M18 14v5H5V6h5",
  plus: "M12 5v14M5 12h14",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2.5M12 19.5V22M4.9 4.9l1.8 1.8M17.3 17.3l1.8 1.8M2 12h2.5M19.5 12H22M4.9 19.1l1.8-1.8M17.3 6.7l1.8-1.8",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
  back: "M14 6l-6 6 6 6",
  copy: "M9 9h10v11H9V9ZM5 15H4V4h11v1",
  file: "M6 3h8l4 4v14H6V3ZM14 3v4h4",
  info: "M12 11v5.5M12 7.5h.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z",
  exit: "M10 4H5v16h5M15 8l4 4-4 4M19 12H9",
  image: "M4 5h16v14H4V5ZM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9h.01",
  ticket:
    "M5 3l1.75 1.5L8.5 3l1.75 1.5L12 3l1.75 1.5L15.5 3l1.75 1.5L19 3v18l-1.75-1.5L15.5 21l-1.75-1.5L12 21l-1.75-1.5L8.5 21l-1.75-1.5L5 21V3ZM9 9h6M9 13h6"
}

export type IconName = keyof typeof paths

/** Beside words that say the same, so it is hidden from screen readers. */
export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={paths[name]} />
  </svg>
)
