/// <reference lib="dom" />
import { captchaService } from "../CaptchaServices.ts"
import type { Captcha } from "../Look.ts"
import { elements, isVisible, refOf } from "./elements.ts"

const boxes = ".g-recaptcha, .h-captcha, .cf-turnstile"
const response = "[name=g-recaptcha-response], [name=h-captcha-response], [name=cf-turnstile-response], [name=fc-token]"

/** Asks nothing of anybody by itself: it watches, and puts a question up only where it doubts. */
const isInvisible = (element: Element, address: string) =>
  /[?&]size=invisible\b/.test(address) ||
  element.closest(".grecaptcha-badge, [data-size=invisible]") !== null ||
  element.matches("button, input")

const isShown = (element: Element) => {
  const box = element.getBoundingClientRect()
  return isVisible(element) && box.width >= 60 && box.height >= 40
}

const isSolved = (element: Element) => {
  const near = element.querySelector(response) ?? (element.closest("form, body") ?? document).querySelector(response)
  return (near instanceof HTMLInputElement || near instanceof HTMLTextAreaElement) && near.value !== ""
}

const named = (box: Element) =>
  box.matches(".h-captcha") ? "hCaptcha" : box.matches(".cf-turnstile") ? "Turnstile" : "reCAPTCHA"

const read = (element: Element, service: string): Captcha => {
  const form = element.closest("form")
  return { service, form: form ? refOf(form) : 0, solved: isSolved(element) }
}

/** The captchas of others that the page shows. One whose script has yet to draw it is there already. */
export const captchas = (): ReadonlyArray<Captcha> =>
  [...elements(document)].flatMap((element) => {
    if (element.matches(boxes)) {
      if (isInvisible(element, "") || !element.checkVisibility({ checkVisibilityCSS: true })) return []
      return [read(element, named(element))]
    }
    if (!(element instanceof HTMLIFrameElement) || element.closest(boxes)) return []
    const service = captchaService(element.src)
    if (service === undefined || isInvisible(element, element.src) || !isShown(element)) return []
    return [read(element, service)]
  })

const pictures = "img, canvas, svg, input[type=image], object, embed, [style*=background]"
const telling = /captcha|securimage|kaptcha|c[oó]digo|verif|imagen|rand|letras/i

const middle = ({ x, y, width, height }: DOMRect) => [x + width / 2, y + height / 2] as const

/** The picture that a field for its letters stands beside: near, of a picture's size, and named so where it is named. */
export const captchaImage = (field: Element): Element | undefined => {
  const [x, y] = middle(field.getBoundingClientRect())
  const found = [...elements(document)].flatMap((element) => {
    if (!element.matches(pictures) || !isVisible(element)) return []
    const box = element.getBoundingClientRect()
    if (box.width < 40 || box.height < 15 || box.width > 700 || box.height > 320) return []
    const [itsX, itsY] = middle(box)
    const far = Math.hypot(itsX - x, itsY - y)
    const says = ["src", "id", "class", "alt", "title"].map((name) => element.getAttribute(name)).join(" ")
    return far > 500 ? [] : [{ element, far: telling.test(says) ? far - 250 : far }]
  })
  return found.sort((one, other) => one.far - other.far)[0]?.element
}
