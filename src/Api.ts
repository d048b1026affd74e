import { HttpApi, type HttpApiError, OpenApi } from "@effect/platform"
import { Schema } from "effect"
import { AuthApi } from "./auth/Api.ts"
import { CatalogsApi } from "./catalogs/Api.ts"
import { describeProblems } from "./http/Document.ts"
import { Validation } from "./http/Validation.ts"
import { PrivacyApi } from "./privacy/Api.ts"
import { ProfileApi } from "./profile/Api.ts"
import { TasksApi } from "./tasks/Api.ts"
import { CredentialsApi } from "./vault/Api.ts"
import { WebhooksApi } from "./webhooks/Api.ts"

const groups = HttpApi.make("timbra")
  .add(AuthApi)
  .add(ProfileApi)
  .add(PrivacyApi)
  .add(CatalogsApi)
  .add(TasksApi)
  .add(CredentialsApi)
  .add(WebhooksApi)
  .prefix("/api/v1")
  .annotate(OpenApi.Title, "Timbra")
  .annotate(OpenApi.Version, "1")
  .annotate(OpenApi.Transform, describeProblems)

export class Api extends groups {
  // The platform's own encoding of a request that does not decode is no problem+json, and quotes the values.
  static override readonly errorSchema = Schema.make<HttpApiError.HttpApiDecodeError, unknown>(Validation.ast)
}
