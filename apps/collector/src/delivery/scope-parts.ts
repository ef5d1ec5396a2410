import type {
  CloudScope,
  ListedPart,
  ScopeSnapshot,
  SeenAddress,
  SeenNetwork,
  SeenResource,
} from '@cloudpam/reconciliation';
import type { Delivery, SnapshotDelivery } from './delivery';
import { packSnapshot, type Run } from './packed-snapshot';

/**
 * From about so many bytes of JSON on, what was listed is delivered as a part. The server takes
 * eight times as much in one body.
 */
const PART_BYTES = 4_000_000;
/** Of a resource without its name and tags. */
const RESOURCE_BYTES = 400;
/** Of an address without its name. */
const ADDRESS_BYTES = 350;

/** What was delivered of a scope. */
export interface Delivered {
  readonly delivery: Delivery;
  /** Of the last part, which tells what became of all. */
  readonly sequence: number;
  /** Networks, and distinct subnets. */
  readonly vpcs: number;
  readonly subnets: number;
}

/**
 * Delivers one scope while it is read: a small one as one snapshot, of a large one each part as
 * soon as it is there, so that no more than two of them are held. Once a part was not taken nothing
 * more is delivered.
 */
export class ScopeParts {
  private networks: SeenNetwork[] = [];
  private resources: SeenResource[] = [];
  private addresses: SeenAddress[] = [];
  private bytes = 0;
  private number = 0;
  private underWay: Promise<void> = Promise.resolve();
  private refusal: Delivered | undefined;
  private vpcs = 0;
  private readonly subnets = new Set<string>();

  /** @param nextSequence gives the place of a delivery in its run */
  constructor(
    private readonly delivery: SnapshotDelivery,
    private readonly run: Run,
    private readonly scope: CloudScope,
    private readonly begunAt: Date,
    private readonly nextSequence: () => number,
    private readonly stop: AbortSignal,
  ) {}

  /** Takes what was listed. Waits while the part before this one is under way. */
  async take({ networks, resources, addresses = [] }: ListedPart): Promise<void> {
    this.vpcs += networks.length;
    this.networks.push(...networks);
    for (const resource of resources) {
      if (resource.kind === 'subnet') this.subnets.add(resource.externalId);
      this.resources.push(resource);
      this.bytes += sizeOf(resource);
      if (this.bytes >= PART_BYTES) await this.begin();
    }
    for (const address of addresses) {
      this.addresses.push(address);
      this.bytes += ADDRESS_BYTES + address.name.length;
      if (this.bytes >= PART_BYTES) await this.begin();
    }
  }

  /** Delivers what is left, with what the whole snapshot says of itself. */
  async end(snapshot: ScopeSnapshot): Promise<Delivered> {
    await this.take(snapshot);
    await this.underWay;
    if (this.refusal) return this.refusal;
    // A scope that was not read has no parts, whatever of it was listed before.
    const whole = this.number === 0 || snapshot.coverage === 'failed';
    return this.deliver({
      ...snapshot,
      ...this.taken(),
      ...(whole ? {} : { part: { number: ++this.number, last: true } }),
    });
  }

  private async begin(): Promise<void> {
    const part = {
      ...this.scope,
      ...this.taken(),
      coverage: 'partial',
      collectedAt: this.begunAt,
      part: { number: ++this.number, last: false },
    } as const;
    await this.underWay;
    if (this.refusal) return;
    this.underWay = this.deliver(part).then((delivered) => {
      const { kind } = delivered.delivery;
      if (kind === 'undelivered' || kind === 'refused') this.refusal = delivered;
    });
  }

  private async deliver(snapshot: ScopeSnapshot): Promise<Delivered> {
    const sequence = this.nextSequence();
    const delivery = await this.delivery.deliver(
      await packSnapshot(this.run, sequence, snapshot),
      this.stop,
    );
    return { delivery, sequence, vpcs: this.vpcs, subnets: this.subnets.size };
  }

  private taken(): ListedPart {
    const { networks, resources, addresses } = this;
    this.networks = [];
    this.resources = [];
    this.addresses = [];
    this.bytes = 0;
    return { networks, resources, ...(addresses.length > 0 && { addresses }) };
  }
}

function sizeOf({ name, tags }: SeenResource): number {
  return Object.entries(tags).reduce(
    (sum, [key, value]) => sum + key.length + value.length + 6,
    RESOURCE_BYTES + name.length,
  );
}
