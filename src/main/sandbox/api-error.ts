// Stripe's refusals: a status and a body with `error`, always (the SDK takes a body without it for a success).

export type ApiErrorBody = {
  type: 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error'
  message: string
  code?: string
  param?: string
  decline_code?: string
}

export class ApiError extends Error {
  readonly status: number
  readonly body: ApiErrorBody

  constructor(status: number, body: ApiErrorBody) {
    super(body.message)
    this.status = status
    this.body = body
  }
}

export function invalid(message: string, param: string, code?: string): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', message, param, ...(code !== undefined && { code }) })
}

/** 404 for an id in the path, 400 for one in a parameter. */
export function missing(noun: string, id: string, param = 'id'): ApiError {
  const message = `No such ${noun.replaceAll('_', ' ')}: '${id}'`
  const status = param === 'id' ? 404 : 400
  return new ApiError(status, { type: 'invalid_request_error', code: 'resource_missing', message, param })
}

/** Not a 404: a hole in the sandbox must never pass for something that is not there. */
export function notModelled(what: string): ApiError {
  return new ApiError(501, { type: 'api_error', message: `The sandbox does not model ${what}.` })
}
