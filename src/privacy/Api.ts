import { HttpApiEndpoint, HttpApiGroup } from "@effect/platform"
import { PrivacyNotice } from "./Notice.ts"

export class PrivacyApi extends HttpApiGroup.make("privacy").add(
  HttpApiEndpoint.get("notice")`/privacy-notice`.addSuccess(PrivacyNotice)
) {}
