import type { spanishTask } from "./SpanishTask.ts"

export const englishTask: typeof spanishTask = {
  statuses: {
    PENDING: "Queued",
    RUNNING: "Running",
    PAUSED: "Paused",
    INTERVENTION_NEEDED: "Waits for you",
    COMPLETED: "Completed",
    FAILED: "Not achieved"
  },
  steps: {
    navigate: "Navigation",
    input: "Input",
    click: "Click",
    thinking: "Analysis",
    error: "Error",
    user_intervention: "Intervention",
    completed: "Done"
  },
  actions: {
    pause: "Pause",
    resume: "Resume",
    cancel: "Cancel",
    retry: "Retry",
    takeover: "Take over",
    release: "Hand back"
  },
  interventions: {
    captcha: "Solve the captcha",
    login: "Log in to the portal",
    otp: "Write the code that you received",
    missing_data: "The portal asks for more",
    choice: "Choose one of the portal's options",
    confirm_submit: "Give your word",
    takeover: "The portal needs your hands"
  },
  failures: {
    TICKET_EXPIRED: ["The time to invoice is over", "The vendor no longer invoices this ticket. Ask at the shop."],
    TICKET_NOT_FOUND: [
      "The portal did not find the ticket",
      "Compare with the printed ticket; the vendor may be slow to load the sale."
    ],
    ALREADY_INVOICED: [
      "The ticket is invoiced already",
      "Somebody has asked for this invoice. Look into your mail or ask the vendor."
    ],
    DATA_REJECTED: ["The portal refused the data", "Correct your tax profile or the ticket's data and retry."],
    PORTAL_DOWN: ["The portal does not answer", "The vendor's site is down or in maintenance. Retry later."],
    PORTAL_BLOCKED: ["The portal blocked the access", "The site did not let the browser in. Retry later."],
    CAPTCHA: ["The captcha was not solved", "Retry and write the characters of the image."],
    LOGIN_FAILED: ["The portal refused the login", "Check that portal's user and password and retry."],
    TIMEOUT: ["Time ran out", "The portal took longer than is allowed. Retry."],
    BROWSER_LOST: ["The browser was lost", "The connection to the browser broke. Retry."],
    INVOICE_MISMATCH: [
      "It is not the invoice that was asked for",
      "The portal gave a CFDI with other data. Take it up with the vendor."
    ],
    SUBMIT_UNCERTAIN: [
      "Nobody knows whether the invoice was issued",
      "Look into your mail or the portal before a retry: it could be issued twice."
    ],
    INTERVENTION_EXPIRED: ["Nobody answered in time", "The question stayed without an answer. You can retry."],
    CANCELLED: ["Cancelled", "You stopped this invoice. You can retry whenever you like."],
    UNSUPPORTED_PORTAL: ["The portal could not be used", "The agent did not know how to fill this site."],
    URL_REFUSED: ["The address may not be visited", "Ask for the invoice again with the right address."],
    INTERNAL: ["Something failed on our side", "Retry. If it happens again, tell us."]
  },
  task: {
    back: "All invoices",
    actions: "Actions",
    status: (status: string) => `Status: ${status}`,
    connection: { connecting: "Connecting…", live: "Live", lost: "Reconnecting…", ended: "" },
    browser: "Browser",
    screenshot: (step: string) => `The portal after the step: ${step}`,
    noPicture: {
      PENDING: "The browser opens as soon as its turn comes.",
      RUNNING: "The browser is opening the portal…",
      PAUSED: "The invoice is paused.",
      INTERVENTION_NEEDED: "The agent waits for your answer.",
      COMPLETED: "No image was kept.",
      FAILED: "No image was kept."
    },
    live: "See the live browser",
    latest: "Back to the newest step",
    image: "Image",
    see: (step: string) => `Image of the step: ${step}`,
    steps: "Steps",
    stepsLead: "What the agent does on the portal, as it happens",
    noSteps: "No steps yet.",
    ticket: "Ticket",
    use: "CFDI use",
    asked: "Asked for",
    finished: "Finished",
    attempts: "Retries",
    nextAttempt: (when: string) => `Next attempt ${when}.`,
    cancelTitle: "Cancel this invoice?",
    cancelLead: "The agent stops and the invoice is not asked for.",
    cancelYes: "Yes, cancel",
    cancelNo: "No, go on",
    uncertainTitle: "The invoice may have been issued",
    uncertainLead:
      "The agent had sent the request. If you retry and the first one was issued, there could be two invoices. Look into your mail and the portal first.",
    uncertainYes: "I have looked, retry",
    uncertainNo: "Do not retry",
    portalSaid: "Reason",
    toProfile: "Go to the tax profile"
  },
  outcome: {
    title: "Invoice obtained",
    proven: "CFDI proven: it is this ticket's and in your name.",
    byEmail: "The portal took the request and sends the invoice by e-mail.",
    uuid: "Fiscal folio (UUID)",
    copy: "Copy the fiscal folio",
    copied: "Copied",
    total: "Total",
    issuer: "Issuer's RFC",
    receiver: "Receiver's RFC",
    issued: "Issued",
    warnings: "Worth a look",
    files: "Files",
    download: "Download"
  },
  live: {
    back: "The invoice",
    picture: "The portal, live",
    waiting: "Waiting for the browser's picture…",
    hands: "The portal's browser: use mouse and keyboard; Shift+Tab to leave",
    driven: "You are in control. The agent goes on as soon as you hand it back.",
    asked: "The agent needs your hands: use the browser right here and you are in control.",
    watched: "The agent works in the portal.",
    over: "There is no browser open now."
  },
  ask: {
    image: "Image of the portal",
    larger: "See it larger",
    expires: (when: string) => `The question expires ${when}.`,
    send: "Send the answer",
    confirm: "Request the invoice",
    done: "I have done it, go on",
    abort: "Do not go on",
    choose: "Choose one",
    remember: "Remember for the next time",
    rememberLogin: "It is kept encrypted and used on pages of this portal only.",
    rememberData: "It is kept encrypted in your profile and used when another portal asks for it.",
    live: "Open the browser"
  }
}
