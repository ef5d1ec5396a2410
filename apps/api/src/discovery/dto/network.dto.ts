import type { Accounts, TypedText } from '@cloudpam/pools';
import type { Isolation, Network, OwnedPage } from '@cloudpam/reconciliation';
import { NameFilterField, typedListOf } from '../../http/common.dto';
import type { ListPage } from '../../http/list-page';
import {
  BooleanField,
  IdField,
  ObjectField,
  RecordIdField,
  TextField,
  TimeField,
  WholeField,
} from '../../http/fields';
import { PlaceDto, placeOf } from './place.dto';
import { OwnerQuery } from './resource-query.dto';

/** Which networks, and which page of them. */
export class NetworkQuery extends OwnerQuery {
  @NameFilterField()
  name?: string;
}

/** A VPC or network of a cloud. */
export class NetworkDto extends PlaceDto {
  @IdField({ description: 'The id', example: 18 })
  id!: number;

  @TextField({ description: "The cloud's id", example: 'vpc-0a1b2c3d' })
  external_id!: string;

  @TextField({ description: 'The name that it has in the cloud', example: 'payments' })
  name!: string;

  @BooleanField({ description: 'Whether the cloud made it by itself' })
  is_default!: boolean;

  @RecordIdField({ description: 'The VRF that its addresses are judged in', example: 1 })
  vrf_id!: number;

  @TimeField({ description: 'When it was first listed' })
  first_seen_at!: Date;

  @TimeField({ description: 'When it was last listed' })
  last_seen_at!: Date;

  @TimeField({
    description: 'When a complete listing was first without it; null while it is there',
    nullable: true,
  })
  gone_at!: Date | null;

  static of(network: Network, accounts: Accounts): NetworkDto {
    return {
      id: network.id,
      ...placeOf(network, accounts),
      external_id: network.externalId,
      name: network.name,
      is_default: network.isDefault,
      vrf_id: network.vrfId,
      first_seen_at: network.firstSeenAt,
      last_seen_at: network.lastSeenAt,
      gone_at: network.goneAt,
    };
  }
}

export class NetworkListDto extends typedListOf(NetworkDto, 'NetworkListDto') {
  static of(
    { items, total, accounts }: OwnedPage<Network>,
    page: ListPage,
    typed: TypedText | undefined,
  ): NetworkListDto {
    return {
      ...page.answer(
        items.map((each) => NetworkDto.of(each, accounts)),
        total,
      ),
      read_as: typed?.readAs ?? null,
    };
  }
}

/** Which VRF a network gets; without a word a new one, named after the network. */
export class IsolateDto {
  @RecordIdField({ description: 'An existing VRF', optional: true })
  vrf_id?: number;

  @TextField({
    description: 'The name of a new VRF',
    max: 200,
    optional: true,
    example: 'payments-lab',
  })
  vrf_name?: string;
}

/** What came of giving a network another VRF. */
export class IsolationDto {
  @ObjectField({ type: () => NetworkDto, description: 'The network as it is now' })
  network!: NetworkDto;

  @WholeField({ description: 'Pools that went along' })
  moved_pools!: number;

  @WholeField({ description: 'Resources that got a pool in the VRF' })
  imported!: number;

  @WholeField({ description: 'Resources that overlap there too' })
  conflicts!: number;

  static of({ network, moved, imported, conflicts }: Isolation, accounts: Accounts): IsolationDto {
    return {
      network: NetworkDto.of(network, accounts),
      moved_pools: moved,
      imported,
      conflicts,
    };
  }
}
