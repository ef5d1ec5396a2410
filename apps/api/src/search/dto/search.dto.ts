import { formatAddress, formatCidr } from '@cloudpam/cidr';
import {
  formatHost,
  formatSpan,
  type AddressRecord,
  type Pool,
  type RangeRecord,
  type TypedText,
} from '@cloudpam/pools';
import {
  SEARCH_MATCHES,
  SEARCH_TYPES,
  type DiscoveredResource,
  type SearchAnswer,
  type SearchMatch,
  type SearchPlace,
  type SearchResult,
  type SearchType,
} from '@cloudpam/reconciliation';
import {
  CidrField,
  BooleanField,
  IdField,
  inQuery,
  IpField,
  ObjectField,
  ObjectsField,
  RecordIdField,
  TextField,
  WholeField,
  WordField,
} from '../../http/fields';
import type { ListPage } from '../../http/list-page';
import { PoolDto } from '../../pools/dto/pool.dto';
import { AccountDto } from '../../records/dto/account.dto';

const FORMS = ['ip', 'cidr', 'range', 'tag', 'text'] as const satisfies TypedText['form'][];

const TYPE = { words: SEARCH_TYPES, name: 'SearchResultType' } as const;

/** What is searched, and where. */
export class SearchQuery {
  @TextField({
    description: 'Anything pasted: an address, a CIDR, a range, a cloud id, a name, a tag',
    max: 500,
    optional: true,
    example: '10.20.30.40',
  })
  q?: string;

  @WordField({
    ...TYPE,
    description: 'Only these; a block is a pool that lies in another',
    optional: true,
  })
  type?: SearchType;

  @TextField({
    description: 'Only pools that contain this address, CIDR or range',
    max: 100,
    optional: true,
    example: '10.20.30.40',
  })
  cidr_contains?: string;

  @TextField({
    description: 'Only what lies within this address, CIDR or range',
    max: 100,
    optional: true,
    example: '10.20.0.0/16',
  })
  cidr_within?: string;

  @inQuery('number')
  @RecordIdField({ description: 'Only in this VRF', optional: true })
  vrf_id?: number;

  @inQuery('number')
  @WholeField({ description: 'Results at most', min: 1, max: 100, optional: true, default: 20 })
  limit?: number;

  @TextField({
    description: 'The `next_cursor` of the answer before, to the same search with the same `limit`',
    max: 100,
    optional: true,
  })
  cursor?: string;
}

/** One thing that was found. */
export class SearchResultDto {
  @WordField({ ...TYPE, description: 'What was found', example: 'pool' })
  type!: SearchType;

  @IdField({ description: 'Its id among those of its type', example: 42 })
  id!: number;

  @TextField({ description: 'Its name', example: 'berlin-office' })
  title!: string;

  @TextField({ description: 'What tells it from others of the name', example: 'eu-central-1' })
  subtitle!: string;

  @CidrField({ description: 'Its addresses', optional: true })
  cidr?: string;

  @IpField({ description: 'The first address of a range', optional: true })
  start_address?: string;

  @IpField({ description: 'The last address of a range', optional: true })
  end_address?: string;

  @IdField({
    description: 'The pool that an address or a range lies in',
    optional: true,
    example: 42,
  })
  pool_id?: number;

  @RecordIdField({ description: 'The VRF that it lies in', optional: true })
  vrf_id?: number;

  @TextField({ description: 'The name of the VRF', optional: true, example: 'production' })
  vrf_name?: string;

  @RecordIdField({ description: 'The account that it belongs to, or is', optional: true })
  account_id?: number;

  @TextField({
    description: 'The key of the account',
    optional: true,
    example: 'aws:111122223333',
  })
  account_key?: string;

  @ObjectField({ type: () => PoolDto, description: 'The pool that was found', optional: true })
  pool?: PoolDto;

  @ObjectField({
    type: () => AccountDto,
    description: 'The account that was found',
    optional: true,
  })
  account?: AccountDto;

  @WordField({
    words: SEARCH_MATCHES,
    name: 'SearchMatch',
    description: 'Why it was found; `contains`: it contains what was asked for',
    example: 'contains',
  })
  match!: SearchMatch;

  static of(result: SearchResult): SearchResultDto {
    const { type, match } = result;
    if (type === 'account') {
      const { account } = result;
      return {
        type,
        id: account.id,
        title: account.name,
        subtitle: account.key,
        match,
        account_id: account.id,
        account_key: account.key,
        account: AccountDto.of(account),
      };
    }
    if (type === 'address') {
      const { address } = result;
      return {
        ...placed(result, address),
        title: address.name || formatHost(address.cidr),
        subtitle: [address.dnsName, address.role, address.status].filter(Boolean).join(' · '),
        ...(address.poolId !== null && { pool_id: address.poolId }),
      };
    }
    if (type === 'range') {
      const { range } = result;
      const { family, first, last } = range.span;
      return {
        ...placed(result, range),
        title: range.name || formatSpan(range.span),
        subtitle: `${range.purpose} range`,
        start_address: formatAddress(family, first),
        end_address: formatAddress(family, last),
        ...(range.poolId !== null && { pool_id: range.poolId }),
      };
    }
    return type === 'resource'
      ? {
          ...placed(result, result.resource),
          subtitle: resourceSubtitle(result.resource),
        }
      : {
          ...placed(result, result.pool),
          subtitle: poolSubtitle(result.pool),
          pool: PoolDto.of(result.pool),
        };
  }
}

/** What all that lies in a VRF has in common. */
function placed(
  { type, match, vrf, account }: SearchResult & SearchPlace,
  one: Pool | DiscoveredResource | AddressRecord | RangeRecord,
): Omit<SearchResultDto, 'subtitle'> {
  return {
    type,
    id: one.id,
    title: one.name,
    match,
    ...('cidr' in one && { cidr: formatCidr(one.cidr) }),
    vrf_id: one.vrfId,
    ...(vrf && { vrf_name: vrf.name }),
    ...(account && { account_id: account.id, account_key: account.key }),
  };
}

function poolSubtitle({ kind, region, externalId }: Pool): string {
  return [kind, region, externalId].filter(Boolean).join(' · ');
}

function resourceSubtitle(resource: DiscoveredResource): string {
  const { externalId, overlapReason, managementReason } = resource;
  return `${externalId} · ${overlapReason || managementReason}`;
}

/** What was found, best first. */
export class SearchAnswerDto {
  @WordField({
    words: FORMS,
    name: 'SearchQueryKind',
    description: 'What the text was read as',
    example: 'ip',
  })
  query_kind!: TypedText['form'];

  @TextField({
    description: 'How the text was read, where that is not word for word',
    nullable: true,
  })
  read_as!: string | null;

  @ObjectsField({ type: () => SearchResultDto, description: 'The best, up to `limit`' })
  items!: readonly SearchResultDto[];

  @ObjectsField({
    type: () => SearchResultDto,
    description: 'The same as `items`, for one release more',
    deprecated: true,
  })
  results!: readonly SearchResultDto[];

  @WholeField({ description: 'All that was found, also beyond `limit`' })
  total!: number;

  @BooleanField({ description: 'Whether there is more than was counted' })
  total_is_estimate!: boolean;

  @TextField({
    description: 'Where the next results begin, for `cursor`; null with the last ones',
    nullable: true,
  })
  next_cursor!: string | null;

  static of(answer: SearchAnswer, page: ListPage): SearchAnswerDto {
    const items = answer.results.map(SearchResultDto.of);
    return {
      query_kind: answer.typed.form,
      read_as: answer.typed.readAs,
      items,
      results: items,
      total: answer.total,
      total_is_estimate: answer.isEstimate,
      next_cursor: answer.hasMore ? page.next : null,
    };
  }
}
