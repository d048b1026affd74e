import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema } from "@effect/platform"
import { Schema } from "effect"
import { Authentication } from "../auth/Authentication.ts"
import { PrivacyNotice } from "./Notice.ts"

/** All that is held about a user, by the names of the tables that hold it. */
const Held = Schema.Record({ key: Schema.String, value: Schema.Unknown }).annotations({ identifier: "Export" })

export class PrivacyApi extends HttpApiGroup.make("privacy")
  .add(HttpApiEndpoint.get("export")`/profile/export`.addSuccess(Held))
  .add(HttpApiEndpoint.del("erase")`/profile`.addSuccess(HttpApiSchema.NoContent))
  .middlewareEndpoints(Authentication)
  // unauthenticated
  .add(HttpApiEndpoint.get("notice")`/privacy-notice`.addSuccess(PrivacyNotice)) {}
