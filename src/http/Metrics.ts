import { HttpLayerRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Metric } from "effect"
import ipaddr from "ipaddr.js"
import { contentType, render } from "../telemetry/Prometheus.ts"
import { RequestInfo } from "./RequestInfo.ts"
import * as Respond from "./Respond.ts"

const near = new Set(["loopback", "private", "uniqueLocal", "linkLocal"])

const forwarding = ["forwarded", "x-forwarded-for", "x-real-ip", "fly-client-ip"]

/** From this machine or its private network, and not through a proxy that speaks for the internet. */
const isNear = (address: string, headers: HttpServerRequest.HttpServerRequest["headers"]) =>
  ipaddr.isValid(address) &&
  near.has(ipaddr.process(address).range()) &&
  forwarding.every((name) => headers[name] === undefined)

/** `/metrics`, which is not there for anybody else than those who run the service. */
export const MetricsRoutes = HttpLayerRouter.use((router) =>
  router.add(
    "GET",
    "/metrics",
    Effect.gen(function* () {
      const { headers } = yield* HttpServerRequest.HttpServerRequest
      const { address } = yield* RequestInfo
      if (!isNear(address, headers)) return yield* Respond.notFound
      return HttpServerResponse.text(render(yield* Metric.snapshot), { contentType })
    })
  )
)
