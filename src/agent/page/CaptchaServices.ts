/** Frames in which another's captcha asks whether somebody is there. They are nobody's to fill in but a person's. */
const frames: ReadonlyArray<readonly [service: string, address: RegExp]> = [
  ["reCAPTCHA", /\/recaptcha\/(api2|enterprise)\/(anchor|bframe)/],
  ["hCaptcha", /\bhcaptcha\.com\/|\/hcaptcha\.html/],
  ["Turnstile", /\bchallenges\.cloudflare\.com\//],
  ["FunCaptcha", /\b(arkoselabs|funcaptcha)\.com\//],
  ["DataDome", /\bcaptcha-delivery\.com\//]
]

export const captchaService = (address: string) => frames.find(([, pattern]) => pattern.test(address))?.[0]
