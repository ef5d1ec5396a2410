import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import {
  AssociateVpcCidrBlockCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
  type ResourceType,
  type Tag,
} from '@aws-sdk/client-ec2';
import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  ListAccountsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { formatCidr, parseCidr } from '@cloudpam/cidr';
import { eventually } from './eventually';
import { freePort } from './free-port';

/** What moto takes for the credentials of its management account. */
const CALLER = { accessKeyId: 'of-the-management-account', secretAccessKey: 'any' };
const HOME = 'us-east-1';
const ROLE = 'CloudPAMCollector';

type Credentials = typeof CALLER & { readonly sessionToken?: string };

/** One CIDR of AWS, as a line that can be compared: `owner region kind id cidr`. */
export type AwsCidr = string;

/** A real moto beside the test: an AWS that others wrote. */
export class Moto {
  private constructor(
    readonly url: string,
    private readonly stop: () => Promise<void>,
  ) {}

  /** Starts it from the folder of the counterpart, and waits until it answers. */
  static async open(home: string): Promise<Moto> {
    const port = await freePort();
    const child = spawn(
      path.join(home, 'bin/moto_server'),
      ['-H', '127.0.0.1', '-p', String(port)],
      { env: { PATH: process.env['PATH'] }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let output = '';
    child.stderr.on(
      'data',
      (chunk: Buffer) => (output = `${output}${chunk.toString()}`.slice(-10_000)),
    );
    const ended = once(child, 'exit');
    const url = `http://127.0.0.1:${port}`;
    await eventually('moto to answer', async () => {
      if (child.exitCode !== null) throw new Error(`moto did not start:\n${output}`);
      return (await fetch(`${url}/moto-api/data.json`).catch(() => undefined))?.ok === true;
    });
    return new Moto(url, async () => {
      child.kill('SIGKILL');
      await ended;
    });
  }

  /**
   * Makes an organization with some members beside the management account. @returns the accounts,
   * management account first
   */
  async makeOrganization(members: readonly string[]): Promise<string[]> {
    const client = new OrganizationsClient({
      endpoint: this.url,
      region: HOME,
      credentials: CALLER,
    });
    const { Organization } = await client.send(new CreateOrganizationCommand({}));
    for (const name of members)
      await client.send(
        new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com` }),
      );
    const { Accounts = [] } = await client.send(new ListAccountsCommand({}));
    client.destroy();
    const manager = Organization?.MasterAccountId ?? '';
    return [
      manager,
      ...Accounts.flatMap(({ Id }) => (Id === undefined || Id === manager ? [] : [Id])),
    ];
  }

  /** The EC2 of an account in a region. The caller destroys it. */
  async ec2(account: string, region: string): Promise<EC2Client> {
    return new EC2Client({
      endpoint: this.url,
      region,
      credentials: await this.credentialsOf(account),
    });
  }

  close(): Promise<void> {
    return this.stop();
  }

  private async credentialsOf(account: string): Promise<Credentials> {
    const sts = new STSClient({ endpoint: this.url, region: HOME, credentials: CALLER });
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${account}:role/${ROLE}`,
        RoleSessionName: 'seed',
      }),
    );
    sts.destroy();
    return {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
    };
  }
}

/** The collector's arguments and environment to read moto's organization through this address. */
export function motoCollector(
  url: string,
  regions: readonly string[],
): { readonly args: string[]; readonly env: Record<string, string> } {
  return {
    args: ['--provider', 'aws', '--organization', '--role-name', ROLE, '--regions', regions.join()],
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: CALLER.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CALLER.secretAccessKey,
      AWS_REGION: HOME,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    },
  };
}

/**
 * Makes a VPC `10.N.0.0/16` with a secondary and an IPv6 CIDR, and two subnets in it, one of them
 * with IPv6.
 */
export async function seedVpc(
  ec2: EC2Client,
  n: number,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({
      CidrBlock: `10.${n}.0.0/16`,
      AmazonProvidedIpv6CidrBlock: true,
      TagSpecifications: tagged('vpc', tags),
    }),
  );
  const VpcId = Vpc?.VpcId ?? '';
  await ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock: `100.${64 + n}.0.0/20` }));
  const ipv6 = Vpc?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock?.replace('/56', '/64') ?? '';
  await ec2.send(
    new CreateSubnetCommand({
      VpcId,
      CidrBlock: `10.${n}.0.0/24`,
      Ipv6CidrBlock: ipv6,
      TagSpecifications: tagged('subnet', tags),
    }),
  );
  await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: `100.${64 + n}.1.0/24` }));
}

function tagged(
  ResourceType: ResourceType,
  tags: Readonly<Record<string, string>>,
): { ResourceType: ResourceType; Tags: Tag[] }[] {
  return [{ ResourceType, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }];
}

/** Every CIDR of every VPC and subnet that EC2 has, the default VPC's included. */
export async function cidrsOf(
  client: EC2Client,
  account: string,
  region: string,
): Promise<AwsCidr[]> {
  const lines: AwsCidr[] = [];
  const add = (
    kind: string,
    id: string | undefined,
    cidrs: readonly (string | undefined)[],
  ): void => {
    // Moto pads the groups of IPv6 addresses with zeros.
    for (const cidr of new Set(cidrs))
      if (cidr) lines.push(`${account} ${region} ${kind} ${id} ${formatCidr(parseCidr(cidr))}`);
  };
  for await (const { Vpcs = [] } of paginateDescribeVpcs({ client }, {})) {
    for (const {
      VpcId,
      CidrBlock,
      CidrBlockAssociationSet = [],
      Ipv6CidrBlockAssociationSet = [],
    } of Vpcs) {
      add('vpc', VpcId, [
        CidrBlock,
        ...CidrBlockAssociationSet.map((each) => each.CidrBlock),
        ...Ipv6CidrBlockAssociationSet.map((each) => each.Ipv6CidrBlock),
      ]);
    }
  }
  for await (const { Subnets = [] } of paginateDescribeSubnets({ client }, {})) {
    for (const { SubnetId, CidrBlock, Ipv6CidrBlockAssociationSet = [] } of Subnets) {
      add('subnet', SubnetId, [
        CidrBlock,
        ...Ipv6CidrBlockAssociationSet.map((each) => each.Ipv6CidrBlock),
      ]);
    }
  }
  return lines;
}
