import { VLANS, type Vlan } from '@cloudpam/pools';
import type { ImportedVlan, VlanName } from './import-row';
import { RecordTargets, type RecordTarget, type RowPlace } from './record-targets';
import { RowProblem } from './row-problem';

/** Several VLANs that a row can mean. A pool that has one of them already keeps it. */
export class VlanChoice {
  constructor(
    readonly among: readonly RecordTarget<Vlan>[],
    readonly problem: RowProblem,
  ) {}
}

/** VLANs as rows tell and name them: by vid within their group. */
export class KnownVlans {
  readonly targets: RecordTargets<Vlan>;

  constructor(stored: readonly Vlan[]) {
    this.targets = new RecordTargets<Vlan>(
      VLANS,
      { keysOf: ({ vid, name, group }) => [placeOf(group, vid), `vid:${vid}`, `name:${name}`] },
      stored,
    );
  }

  /** Takes a row of a VLAN. */
  take(item: ImportedVlan, place: RowPlace): RecordTarget<Vlan> | RowProblem | 'same' {
    const { vid, name, group } = item.set;
    return this.targets.take({
      target: this.targets.with(placeOf(group, vid))[0],
      set: item.set,
      fresh: { vid, name, group, description: '' },
      history: item.history,
      ...place,
    });
  }

  /** The VLAN that a row means; one with a vid is made where there is none. */
  named(named: VlanName, place: RowPlace): RecordTarget<Vlan> | VlanChoice | RowProblem {
    const { vid, name, group } = named;
    const candidates = this.targets
      .with(vid === null ? `name:${name ?? ''}` : `vid:${vid}`)
      .filter(({ fields }) => group === null || fields.group === group);
    const exact = candidates.filter(({ fields }) => name === null || fields.name === name);
    const found = group !== null || exact.length === 0 ? candidates : exact;
    if (found.length > 1)
      return new VlanChoice(
        found,
        new RowProblem(
          'ambiguous_vlan',
          `Several VLANs are meant by ${text(named)}: ${found.map(describe).join('; ')}. Give the group, or the vid.`,
          'vlan',
        ),
      );
    const [only] = found;
    if (only && (group !== null || name === null || only.fields.name === name)) return only;
    if (only)
      return new RowProblem(
        'ambiguous_vlan',
        `VLAN ${only.fields.vid} is ${describe(only)} here, and ${text(named)} in the row. Give the group.`,
        'vlan',
      );
    if (vid === null)
      return new RowProblem('vlan_not_found', `There is no VLAN called ${name ?? ''}.`, 'vlan');
    return this.targets.make(
      { vid, name: name ?? `VLAN ${vid}`, group: group ?? '', description: '' },
      place,
      'vlan',
    );
  }
}

function placeOf(group: string, vid: number): string {
  return `place:${vid} ${group}`;
}

function describe({ fields }: RecordTarget<Vlan>): string {
  return `${fields.vid} ${fields.name}${fields.group === '' ? '' : ` in ${fields.group}`}`;
}

function text({ vid, name, group }: VlanName): string {
  return [vid, name, group && `in ${group}`].filter((each) => each !== null).join(' ');
}
