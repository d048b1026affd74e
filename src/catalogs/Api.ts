import { HttpApiEndpoint, HttpApiGroup } from "@effect/platform"
import { Schema } from "effect"
import { Authentication } from "../auth/Authentication.ts"
import { RegimeEntry, UseEntry } from "./Catalog.ts"

export class CatalogsApi extends HttpApiGroup.make("catalogs")
  .add(HttpApiEndpoint.get("fiscalRegimes")`/fiscal-regimes`.addSuccess(Schema.Array(RegimeEntry)))
  .add(HttpApiEndpoint.get("cfdiUses")`/cfdi-uses`.addSuccess(Schema.Array(UseEntry)))
  .middleware(Authentication)
  .prefix("/catalogs") {}
