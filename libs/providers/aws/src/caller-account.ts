import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { MalformedAnswer } from './aws-failure';

/**
 * The 12-digit account whose credentials these are. Needs no permission. @throws the SDK's error
 */
export async function callerAccount(sts: STSClient, signal?: AbortSignal): Promise<string> {
  const { Account } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
  if (!Account) throw new MalformedAnswer('GetCallerIdentity was answered without an account');
  return Account;
}
