import { GLOBAL_VRF_ID, VRFS, type Vrf } from '@cloudpam/pools';
import type { ImportedVrf, VrfName } from './import-row';
import { RecordTargets, type RecordTarget, type RowPlace } from './record-targets';
import { RowProblem } from './row-problem';

/**
 * VRFs as rows tell and name them: by route distinguisher, then by name. Names are unique here and not
 * everywhere: of several VRFs of one name in an import each is called `name (rd)`.
 */
export class KnownVrfs {
  readonly targets: RecordTargets<Vrf>;
  private readonly manyNames: ReadonlySet<string>;

  constructor(stored: readonly Vrf[], told: readonly ImportedVrf[]) {
    this.targets = new RecordTargets<Vrf>(
      VRFS,
      { keysOf: ({ name, rd }) => [`name:${name}`, ...(rd === null ? [] : [`rd:${rd}`])] },
      stored,
    );
    const rds = new Map<string, Set<string>>();
    for (const { set } of told) {
      const known = rds.get(set.name) ?? new Set();
      rds.set(set.name, known.add(set.rd ?? ''));
    }
    this.manyNames = new Set([...rds].flatMap(([name, { size }]) => (size > 1 ? [name] : [])));
  }

  /** The VRF that exists from the start. */
  private get global(): RecordTarget<Vrf> {
    const found = this.targets.byId(GLOBAL_VRF_ID);
    if (!found) throw new Error('the VRF that exists from the start is not there');
    return found;
  }

  /** Takes a row of a VRF. */
  take(item: ImportedVrf, place: RowPlace): RecordTarget<Vrf> | RowProblem | 'same' {
    const { rd } = item.set;
    const name = this.uniqueName(item.set.name, rd ?? null);
    const byRd = rd ? this.targets.with(`rd:${rd}`)[0] : undefined;
    const byName = this.targets.with(`name:${name}`)[0];
    const target = byRd ?? (byName && fits(byName, rd ?? null) ? byName : undefined);
    if (byName && byName !== target)
      return new RowProblem(
        'vrf_taken',
        `Another VRF is called ${name} (${byName.fields.rd ?? 'no route distinguisher'}). ` +
          'Names of VRFs are unique here.',
        'name',
      );
    return this.targets.take({
      target,
      set: { ...item.set, name },
      fresh: { name, rd: null, reachabilityDomain: null, description: '' },
      history: item.history,
      ...place,
    });
  }

  /** The VRF that a row means; it is made where there is none. null: the VRF `global`. */
  named(named: VrfName | null, place: RowPlace): RecordTarget<Vrf> | RowProblem {
    if (!named) return this.global;
    const { name, rd } = named;
    const [byRd] = rd === null ? [] : this.targets.with(`rd:${rd}`);
    if (byRd) return byRd;
    const called = name === null ? [] : this.targets.with(`name:${name}`);
    const fitting = called.find((each) => fits(each, rd));
    if (fitting) return fitting;
    if (name !== null && rd === null && this.manyNames.has(name))
      return new RowProblem(
        'ambiguous_vrf',
        `Several VRFs are called ${name}: give the route distinguisher, or their names here.`,
        'vrf',
      );
    if (called[0])
      return new RowProblem(
        'vrf_taken',
        `The VRF ${name ?? ''} has the route distinguisher ${called[0].fields.rd ?? ''} here, not ${rd ?? ''}.`,
        'vrf',
      );
    const own = name ?? rd ?? '';
    const fresh = { rd, reachabilityDomain: null, description: '' };
    return this.targets.make({ name: this.uniqueName(own, rd), ...fresh }, place, 'vrf');
  }

  private uniqueName(name: string, rd: string | null): string {
    return rd !== null && this.manyNames.has(name) ? `${name} (${rd})` : name;
  }
}

/** Whether a VRF of the name is the one that is meant: it has no other route distinguisher. */
function fits({ fields }: RecordTarget<Vrf>, rd: string | null): boolean {
  return rd === null || fields.rd === null || fields.rd === rd;
}
