// From a request to its object: finds the route, holds the parameters against Stripe's declarations, runs it, expands.
// A route that Stripe has and the sandbox has not is a 501, never a silent 404.
import { ApiError, notModelled } from './api-error.ts'
import { checkParams } from './check-params.ts'
import { routeOf } from './find-route.ts'
import { checkModelled, type Params, texts } from './params.ts'
import { checkExpand, expand, type Rendered } from './render.ts'
import { ROUTES } from './routes.ts'
import type { StripeSchema } from './schema.ts'
import type { World } from './state.ts'

export type Request = { method: string; path: string; params: Params }

/** Answers, returns the ApiError that followed a change, or throws the ApiError that kept it from being made. */
export function answer(world: World, schema: StripeSchema, { method, path, params }: Request): Rendered | ApiError {
  const found = routeOf(Object.keys(schema.requests), method, path)
  if (found === null) throw unanswered(schema, method, path)
  // Also where the sandbox goes no further: what Stripe would refuse is refused.
  checkParams(schema, schema.requests[found.route] ?? true, params)
  const route = ROUTES[found.route]
  if (route === undefined) throw notModelled(`${method} ${path}`)
  checkModelled(params, route.allowed, found.route)
  checkExpand(texts(params, 'expand'))
  const [id = '', inner = ''] = found.ids
  const result = route.run(world, id, params, { inner, path })
  return result instanceof ApiError ? result : expand(world, result, texts(params, 'expand'))
}

function unanswered(schema: StripeSchema, method: string, path: string): ApiError {
  if (routeOf(schema.elsewhere, method, path) !== null) {
    return notModelled(`${method} ${path}`)
  }
  const message = `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`
  return new ApiError(404, { type: 'invalid_request_error', message })
}
