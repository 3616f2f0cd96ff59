export interface FailureDetails {
  code?: string;
  param?: string;
  decline_code?: string;
  payment_intent?: unknown;
}

export type FailureType = 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error';

/** An answer that the SDK turns into one of its errors. */
export class Failure extends Error {
  readonly status: number;
  readonly type: FailureType;
  readonly details: FailureDetails;

  constructor(status: number, type: FailureType, message: string, details: FailureDetails = {}) {
    super(message);
    this.status = status;
    this.type = type;
    this.details = details;
  }

  toJSON() {
    return { error: { type: this.type, message: this.message, ...this.details } };
  }
}

export const invalid = (message: string, param?: string, code?: string) =>
  new Failure(400, 'invalid_request_error', message, { ...(param && { param }), ...(code && { code }) });

export const missing = (kind: string, id: string, param = 'id') =>
  new Failure(404, 'invalid_request_error', `No such ${kind}: '${id}'`, { code: 'resource_missing', param });

export const missingParameter = (name: string) =>
  invalid(`Missing required param: ${name}.`, name, 'parameter_missing');
