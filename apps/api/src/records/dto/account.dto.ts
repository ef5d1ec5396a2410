import { OmitType, PartialType } from '@nestjs/swagger';
import {
  DISCOVERY_POLICIES,
  PROVIDERS,
  type Account,
  type DiscoveryPolicy,
  type Provider,
} from '@cloudpam/pools';
import { NamedPageQuery, typedListOf } from '../../http/common.dto';
import {
  DescriptionField,
  NameField,
  TextField,
  TextsField,
  WholeField,
  WordField,
} from '../../http/fields';
import { RecordDto } from './record.dto';

const PROVIDER = {
  words: PROVIDERS,
  name: 'Provider',
  description: 'Whose account it is',
  example: 'aws',
} as const;
const EXTERNAL_ID = {
  description: "The cloud's own id: 12 digits at AWS, the project at GCP",
  example: '111122223333',
};
const PLATFORM = {
  description: 'Which platform it belongs to',
  example: 'payments',
  nullable: true,
};
const TIER = { description: 'How much depends on it', example: 'gold', nullable: true };
const ENVIRONMENT = { description: 'What it is for', example: 'production', nullable: true };
const REGIONS = { description: 'Regions that are in use or planned', example: ['eu-central-1'] };
const POLICY = {
  words: DISCOVERY_POLICIES,
  name: 'DiscoveryPolicy',
  description: "What happens to new resources of it; null for the server's own policy",
  nullable: true,
} as const;
const INTERVAL = {
  description: "Seconds between two discoveries; null for the server's interval",
  nullable: true,
};

/** An account or project to create. */
export class NewAccountDto {
  @WordField(PROVIDER)
  provider!: Provider;

  @TextField({ ...EXTERNAL_ID, min: 1, max: 128, pattern: /^[\w.:-]+$/ })
  external_id!: string;

  @TextField({
    description: 'Unique; `provider:external_id` when left out',
    max: 300,
    optional: true,
  })
  key?: string;

  @NameField({ description: 'For people', example: 'Payments production' })
  name!: string;

  @TextField({ ...PLATFORM, max: 200, optional: true })
  platform?: string | null;

  @TextField({ ...TIER, max: 200, optional: true })
  tier?: string | null;

  @TextField({ ...ENVIRONMENT, max: 200, optional: true })
  environment?: string | null;

  @TextsField({ ...REGIONS, max: 200, longest: 100, optional: true })
  regions?: string[];

  @DescriptionField({ optional: true })
  description?: string;

  @WordField({ ...POLICY, optional: true })
  discovery_policy?: DiscoveryPolicy | null;

  @WholeField({ ...INTERVAL, min: 60, max: 31_536_000, optional: true })
  discovery_interval?: number | null;
}

/** What changes of an account; what is left out stays. Its provider and id do not change. */
export class AccountPatchDto extends PartialType(
  OmitType(NewAccountDto, ['provider', 'external_id', 'key']),
  {
    skipNullProperties: false,
  },
) {}

/** An account or project of a cloud, or a site. */
export class AccountDto extends RecordDto {
  @TextField({ description: 'Unique', example: 'aws:111122223333' })
  key!: string;

  @WordField(PROVIDER)
  provider!: Provider;

  @TextField(EXTERNAL_ID)
  external_id!: string;

  @NameField({ description: 'For people', example: 'Payments production' })
  name!: string;

  @TextField(PLATFORM)
  platform!: string | null;

  @TextField(TIER)
  tier!: string | null;

  @TextField(ENVIRONMENT)
  environment!: string | null;

  @TextsField(REGIONS)
  regions!: readonly string[];

  @DescriptionField()
  description!: string;

  @WordField(POLICY)
  discovery_policy!: DiscoveryPolicy | null;

  @WholeField(INTERVAL)
  discovery_interval!: number | null;

  static of(account: Account): AccountDto {
    const { id, key, name, provider, platform, tier, environment, regions, description, version } =
      account;
    return {
      id,
      key,
      name,
      provider,
      external_id: account.externalId,
      platform,
      tier,
      environment,
      regions,
      description,
      discovery_policy: account.discoveryPolicy,
      discovery_interval: account.discoveryInterval,
      created_at: account.createdAt,
      updated_at: account.updatedAt,
      version,
    };
  }
}

export class AccountListDto extends typedListOf(AccountDto, 'AccountListDto') {}

/** What narrows the list of accounts. */
export class AccountFilterQuery extends NamedPageQuery {
  @WordField({
    words: PROVIDERS,
    name: 'Provider',
    description: 'Of this provider',
    optional: true,
  })
  provider?: Provider;

  @TextField({
    description: 'Of this environment',
    max: 200,
    optional: true,
    example: 'production',
  })
  environment?: string;

  @TextField({
    description: 'Part of a key, name or id, or an ARN',
    max: 500,
    optional: true,
    example: 'payments',
  })
  q?: string;
}
