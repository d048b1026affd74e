import type { Profile, Registration, TaskDetail, TaskMessage, TaskStatus } from "../../../src/monitor/Wire.ts"

interface Account {
  readonly password: string
  profile: Profile
}

export interface Socket {
  readonly taskId: string
  readonly after: number
  readonly send: (message: unknown) => void
  readonly close: (code: number) => void
}

export interface Received {
  readonly method: string
  readonly path: string
  readonly body: Record<string, unknown>
  readonly headers: Headers
}

type Told<A> = A extends TaskMessage ? Omit<A, "task_id" | "timestamp"> : never

const isTerminal = (status: TaskStatus) => status === "COMPLETED" || status === "FAILED"

/** A server's memory, which tests set and look into: one user's accounts, tokens and tasks, and who is connected. */
export class Timbra {
  readonly accounts = new Map<string, Account>()
  readonly tokens = new Set<string>()
  readonly refreshTokens = new Set<string>()
  readonly tasks: Array<TaskDetail> = []
  readonly lastSeq = new Map<string, number>()
  readonly sockets = new Set<Socket>()
  readonly received: Array<Received> = []
  readonly files = new Map<string, { readonly bytes: Uint8Array<ArrayBuffer> | string; readonly type: string }>()
  /** Answers that wait until the test lets them go, by the end of their path. */
  readonly held = new Map<string, Promise<void>>()
  socketsRefused = false
  tokenSeconds = 3600
  private issued = 0

  grant() {
    const token = `token-${++this.issued}`
    const refresh_token = `refresh-${this.issued}`
    this.tokens.add(token)
    this.refreshTokens.add(refresh_token)
    return { token, expires_in: this.tokenSeconds, refresh_token }
  }

  open({ email, password, accept_privacy, company_details, ...fiscal }: Registration, version: string) {
    const accepted = accept_privacy === true
    this.accounts.set(email, {
      password,
      profile: {
        ...fiscal,
        full_name: fiscal.full_name ?? null,
        cfdi_use: fiscal.cfdi_use ?? null,
        email,
        company_details: company_details ?? null,
        privacy_version: accepted ? version : null,
        privacy_accepted_at: accepted ? new Date().toISOString() : null,
        warnings: fiscal.rfc === "ABC123456XYZ" ? ["RFC_DATE", "RFC_CHECK_DIGIT"] : []
      }
    })
  }

  add(task: TaskDetail) {
    this.tasks.unshift(task)
    this.lastSeq.set(task.id, Math.max(0, ...task.steps.map(({ seq }) => seq)))
    return task
  }

  task(id: string) {
    return this.tasks.find((task) => task.id === id)
  }

  change(id: string, part: Partial<TaskDetail>) {
    const at = this.tasks.findIndex((task) => task.id === id)
    const task = this.tasks[at]
    if (task !== undefined) this.tasks[at] = { ...task, ...part }
  }

  /** Commits the event and tells whoever listens; after a terminal status their sockets are closed. */
  tell(id: string, event: Told<TaskMessage>) {
    const timestamp = new Date().toISOString()
    const message = { task_id: id, timestamp, ...event }
    if ("seq" in message) this.lastSeq.set(id, message.seq)
    if (message.type === "step") {
      const steps = this.task(id)?.steps ?? []
      this.change(id, { steps: [...steps, { ...message.step, seq: message.seq, created_at: timestamp }] })
    }
    if (message.type === "status") {
      const { failure_code, failure_reason, status } = message
      this.change(id, { status, failure_code, failure_reason, updated_at: timestamp })
    }
    if (message.type === "intervention") this.change(id, { intervention: message.intervention })
    for (const socket of [...this.sockets].filter(({ taskId }) => taskId === id)) {
      socket.send(message)
      if (message.type === "status" && isTerminal(message.status)) socket.close(1000)
    }
  }

  /** Changes a status as the server does, with its event. */
  move(
    id: string,
    status: TaskStatus,
    failure?: { readonly code: TaskDetail["failure_code"]; readonly reason: string }
  ) {
    const previous = this.task(id)?.status ?? "PENDING"
    if (status !== "INTERVENTION_NEEDED") this.change(id, { intervention: null })
    this.tell(id, {
      type: "status",
      seq: (this.lastSeq.get(id) ?? 0) + 1,
      status,
      previous,
      failure_code: failure?.code ?? null,
      failure_reason: failure?.reason ?? null
    })
  }

  bodies(method: string, path: RegExp) {
    return this.received.filter((request) => request.method === method && path.test(request.path))
  }
}
