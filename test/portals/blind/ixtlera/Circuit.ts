import { escaped } from "../kit/kit.ts"

/** What a component may hand to an element: the markup carries only its number, and the client takes that off. */
export type Act = (value: string) => unknown

export interface Draw {
  readonly on: (event: "click" | "change" | "input", act: Act) => string
}

/** One visitor's components on the server: acts by number, a drawing after each. */
export const openCircuit = (draw: (on: Draw["on"]) => string, send: (html: string) => void) => {
  /** Also those of earlier drawings, since a click may be under way when the next drawing is. */
  const acts = new Map<number, Act>()
  let next = 1
  const redraw = () => {
    send(
      draw((event, act) => {
        acts.set(next, act)
        return ` bl-${event}="${next++}"`
      })
    )
  }
  const dispatch = async (id: number, value: string) => {
    await acts.get(id)?.(value)
    redraw()
  }
  return { redraw, dispatch }
}

const guid = (seed: string) =>
  new Bun.CryptoHasher("md5")
    .update(seed)
    .digest("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")

const control = (label: string, id: string, inner: string, error: string, helper = "") =>
  `<div class="mud-input-control mud-input-control-full-width mud-input-control-margin-dense mud-input-outlined-with-label${error ? " mud-input-error" : ""}"><div class="mud-input-control-input-container">${inner}<label class="mud-input-label mud-input-label-animated mud-input-label-outlined mud-input-label-inputcontrol${error ? " mud-input-error" : ""}" for="${id}">${label}</label></div>${
    error || helper
      ? `<div class="mud-input-control-helper-container px-2"><p class="mud-input-helper-text${error ? " mud-input-error" : ""}"><span class="me-auto">${escaped(error || helper)}</span></p></div>`
      : ""
  }</div>`

export const textField = (label: string, value: string, acts: string, error = "", extra = "", helper = "") => {
  const id = `mudinput-${guid(label)}`
  return control(
    label,
    id,
    `<div class="mud-input mud-input-outlined${value ? " mud-shrink" : ""}"><input class="mud-input-slot mud-input-root mud-input-root-outlined" type="text" inputmode="text" maxlength="524288" aria-invalid="${error !== ""}" id="${id}" value="${escaped(value)}"${acts}${extra}><div class="mud-input-outlined-border"></div></div>`,
    error,
    helper
  )
}

export const select = (label: string, shown: string, acts: string, error = "") => {
  const id = `mudinput-${guid(label)}`
  const slot =
    shown === ""
      ? `<input class="mud-input-slot mud-input-root mud-input-root-outlined mud-input-root-adorned-end mud-select-input" readonly type="text" inputmode="none" tabindex="0" id="${id}" value=""><div class="mud-input-outlined-border"></div>`
      : `<div class="mud-input-slot mud-input-root mud-input-root-outlined mud-input-root-adorned-end mud-select-input" style="display:inline" tabindex="0">${escaped(shown)}</div><input type="hidden" id="${id}" value="${escaped(shown)}"><div class="mud-input-outlined-border"></div>`
  const arrow = `<div class="mud-input-adornment mud-input-adornment-end"><svg class="mud-icon-root mud-svg-icon mud-icon-size-medium" focusable="false" viewBox="0 0 24 24" aria-hidden="true"><path d="M7 10l5 5 5-5z"></path></svg></div>`
  return `<div class="mud-select"${acts}>${control(label, id, `<div class="mud-input mud-input-outlined mud-input-adorned-end${shown ? " mud-shrink" : ""} mud-select-input-box">${slot}${arrow}</div>`, error)}</div>`
}

export const listItem = (text: string, acts: string) =>
  `<div class="mud-list-item mud-list-item-gutters mud-list-item-clickable mud-ripple" tabindex="0"${acts}><div class="mud-list-item-text"><p class="mud-typography mud-typography-body1">${escaped(text)}</p></div></div>`

export const clientScript = `(function () {
  var root = document.getElementById('app'), ws
  function take(el) {
    el.__bl = {}
    Array.prototype.slice.call(el.attributes).forEach(function (a) { if (a.name.slice(0, 3) === 'bl-') { el.__bl[a.name.slice(3)] = a.value; el.removeAttribute(a.name) } })
    if (el.tagName === 'INPUT') { el.__rv = el.getAttribute('value') || ''; el.removeAttribute('value'); el.value = el.__rv }
    Array.prototype.forEach.call(el.children, take)
    return el
  }
  function morph(old, now) {
    if (old.nodeType !== now.nodeType || old.nodeName !== now.nodeName || (old.id || '') !== (now.id || '')) { if (now.nodeType === 1) take(now); old.parentNode.replaceChild(now, old); return }
    if (now.nodeType !== 1) { if (old.data !== now.data) old.data = now.data; return }
    old.__bl = {}
    var names = {}
    Array.prototype.forEach.call(now.attributes, function (a) {
      if (a.name.slice(0, 3) === 'bl-') { old.__bl[a.name.slice(3)] = a.value; return }
      if (a.name === 'value' && now.tagName === 'INPUT') { if (old.__rv !== a.value) { old.__rv = a.value; if ((old.__sent || []).indexOf(a.value) < 0) old.value = a.value } return }
      names[a.name] = 1
      if (old.getAttribute(a.name) !== a.value) old.setAttribute(a.name, a.value)
    })
    Array.prototype.slice.call(old.attributes).forEach(function (a) { if (!names[a.name]) old.removeAttribute(a.name) })
    var kids = Array.prototype.slice.call(now.childNodes), had = Array.prototype.slice.call(old.childNodes)
    kids.forEach(function (kid, i) { if (had[i]) morph(had[i], kid); else { if (kid.nodeType === 1) take(kid); old.appendChild(kid) } })
    had.slice(kids.length).forEach(function (kid) { old.removeChild(kid) })
  }
  ['click', 'change', 'input'].forEach(function (type) {
    document.addEventListener(type, function (e) {
      for (var el = e.target; el && el !== document; el = el.parentNode) {
        if (el.__bl && el.__bl[type] && !el.disabled) { if (type !== 'click') (e.target.__sent = e.target.__sent || []).push(e.target.value); ws.send(JSON.stringify({ id: +el.__bl[type], value: e.target.value === undefined ? '' : String(e.target.value) })); return }
      }
    })
  })
  fetch('/_blazor/negotiate?negotiateVersion=1', { method: 'POST' }).then(function (r) { return r.json() }).then(function (n) {
    ws = new WebSocket(location.origin.replace('http', 'ws') + '/_blazor?id=' + n.connectionToken)
    var first = true
    ws.onmessage = function (m) {
      var next = document.createElement('div'); next.innerHTML = m.data
      if (first) { first = false; root.innerHTML = ''; Array.prototype.slice.call(next.childNodes).forEach(function (k) { if (k.nodeType === 1) take(k); root.appendChild(k) }); document.body.setAttribute('data-circuit', '1'); return }
      next.id = 'app'; morph(root, next)
    }
    ws.onclose = function () { var d = document.getElementById('components-reconnect-modal'); d.style.display = 'block' }
  })
})()`
