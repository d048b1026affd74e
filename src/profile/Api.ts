import { HttpApiEndpoint, HttpApiGroup } from "@effect/platform"
import { Authentication } from "../auth/Authentication.ts"
import { Profile, ProfileChange } from "./Profile.ts"

export class ProfileApi extends HttpApiGroup.make("profile")
  .add(HttpApiEndpoint.get("get")`/profile`.addSuccess(Profile))
  .add(HttpApiEndpoint.put("change")`/profile`.setPayload(ProfileChange).addSuccess(Profile))
  .middleware(Authentication) {}
