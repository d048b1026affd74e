import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema } from "@effect/platform"
import { Schema } from "effect"
import { Authentication } from "../auth/Authentication.ts"
import { pathId } from "../http/PathId.ts"
import { Credential, CredentialId, CredentialNotFound, NewCredential, VendorDomainRefused } from "./VendorCredential.ts"

export class CredentialsApi extends HttpApiGroup.make("credentials")
  .add(HttpApiEndpoint.get("list")`/credentials`.addSuccess(Schema.Array(Credential)))
  .add(
    HttpApiEndpoint.post("add")`/credentials`
      .setPayload(NewCredential)
      .addSuccess(Credential, { status: 201 })
      .addError(VendorDomainRefused)
  )
  .add(
    HttpApiEndpoint.del("remove")`/credentials/${pathId("credentialId", CredentialId)}`
      .addSuccess(HttpApiSchema.NoContent)
      .addError(CredentialNotFound)
  )
  .middleware(Authentication) {}
