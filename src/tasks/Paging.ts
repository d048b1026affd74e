interface Query {
  readonly page: number
  readonly limit: number
  readonly status: string
}

/** The `Link` header (RFC 8288) of one page of the list. */
export const links = ({ page, limit, status }: Query, total: number) => {
  const last = Math.max(Math.ceil(total / limit), 1)
  const link = (to: number, rel: string) => `</api/v1/tasks?page=${to}&limit=${limit}&status=${status}>; rel="${rel}"`
  const previous = page > 1 ? [link(Math.min(page - 1, last), "prev")] : []
  const next = page < last ? [link(page + 1, "next")] : []
  return [link(1, "first"), ...previous, ...next, link(last, "last")].join(", ")
}
