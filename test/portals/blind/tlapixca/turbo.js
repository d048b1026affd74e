;(() => {
  const swap = (text, url, push) => {
    const next = new DOMParser().parseFromString(text, "text/html")
    document.title = next.title
    if (push) history.pushState({ turbo: true }, "", url)
    document.body.replaceWith(document.adoptNode(next.body))
    scrollTo(0, 0)
    connect()
  }
  const bar = () => {
    const div = document.createElement("div")
    div.className = "turbo-progress-bar"
    document.documentElement.append(div)
    document.documentElement.setAttribute("aria-busy", "true")
    return () => {
      div.remove()
      document.documentElement.removeAttribute("aria-busy")
    }
  }
  const visit = async (url, init) => {
    const done = bar()
    const response = await fetch(url, { ...init, headers: { accept: "text/vnd.turbo-stream.html, text/html, application/xhtml+xml" } })
    swap(await response.text(), response.url, response.redirected || !init)
    done()
  }
  document.addEventListener("click", (event) => {
    const a = event.target.closest("a[href]")
    if (!a || a.dataset.turbo === "false" || a.origin !== location.origin) return
    event.preventDefault()
    visit(a.href)
  })
  document.addEventListener("submit", (event) => {
    event.preventDefault()
    const form = event.target
    const button = event.submitter
    const body = new URLSearchParams(new FormData(form, button))
    if (button?.dataset.disableWith) {
      button.value = button.dataset.disableWith
      button.disabled = true
    }
    visit(form.action, { method: "POST", body })
  })
  addEventListener("popstate", () => visit(location.href, { method: "GET" }))
  const connect = () => {
    for (const input of document.querySelectorAll("[data-controller=code]")) {
      input.addEventListener("input", () => {
        const raw = input.value.toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, 10)
        input.value = [raw.slice(0, 4), raw.slice(4, 8), raw.slice(8)].filter(Boolean).join("-")
      })
    }
    for (const box of document.querySelectorAll("[data-controller=poll]")) {
      const timer = setInterval(async () => {
        if (!box.isConnected) return clearInterval(timer)
        const text = await (await fetch(box.dataset.pollUrlValue)).text()
        const stream = new DOMParser().parseFromString(text, "text/html").querySelector("turbo-stream")
        if (!stream) return
        clearInterval(timer)
        document.getElementById(stream.getAttribute("target")).replaceChildren(stream.querySelector("template").content)
      }, 1000)
    }
  }
  connect()
})()
