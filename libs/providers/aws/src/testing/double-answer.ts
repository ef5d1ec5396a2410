/** What a call is answered with. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Default XML. */
  readonly contentType?: string;
  readonly headers?: { readonly [name: string]: string };
}

/** The services that the double answers for. */
export type AwsService = 'ec2' | 'sts' | 'organizations';

/** EC2's error answer. */
export function ec2Error(status: number, code: string, message: string): Answer {
  return {
    status,
    body:
      `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors>` +
      '<RequestID>r-1</RequestID></Response>',
  };
}

/** The error answer of a service, in its own protocol. */
export function awsError(
  service: AwsService,
  status: number,
  code: string,
  message: string,
): Answer {
  switch (service) {
    case 'ec2':
      return ec2Error(status, code, message);
    case 'sts':
      return {
        status,
        body:
          '<ErrorResponse ' +
          `xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>` +
          `<Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
      };
    case 'organizations':
      return json({ __type: code, Message: message }, status);
  }
}

/** An answer in JSON 1.1. */
export function json(body: object, status = 200): Answer {
  return { status, body: JSON.stringify(body), contentType: 'application/x-amz-json-1.1' };
}
