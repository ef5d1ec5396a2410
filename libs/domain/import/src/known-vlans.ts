import { hasVid, vidOutsideGroup, VLANS, type RecordFields, type Vlan } from '@cloudpam/pools';
import type { ImportedVlan, VlanName } from './import-row';
import type { KnownVlanGroups } from './known-vlan-groups';
import { RecordTargets, type RecordTarget, type RowPlace } from './record-targets';
import { problemOf, RowProblem } from './row-problem';

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

  constructor(
    stored: readonly Vlan[],
    private readonly groups: KnownVlanGroups,
  ) {
    this.targets = new RecordTargets<Vlan>(
      VLANS,
      {
        keysOf: ({ vid, name, group }) => [placeOf(group, vid), `vid:${vid}`, `name:${name}`],
      },
      stored,
    );
  }

  /** Takes a row of a VLAN. */
  take(item: ImportedVlan, place: RowPlace): RecordTarget<Vlan> | RowProblem | 'same' {
    const { vid, name, group } = item.set;
    return this.targets.take({
      target: this.targets.with(placeOf(group, vid))[0],
      set: item.set,
      fresh: { vid, name, group, groupId: null, description: '' },
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
    const fields = {
      vid,
      name: name ?? `VLAN ${vid}`,
      group: group ?? '',
      groupId: null,
      description: '',
    };
    const problem = this.problemInGroup(fields, undefined);
    if (problem) return new RowProblem(problem.code, problem.detail, 'vlan');
    return this.targets.make(fields, place, 'vlan');
  }

  /** What its VLAN group has against a VLAN, if it has one. @param target the VLAN, where it is known */
  problemInGroup(
    { vid, name, group: named }: RecordFields<Vlan>,
    target: RecordTarget<Vlan> | undefined,
  ): RowProblem | undefined {
    const group = this.groups.named(named)?.fields;
    if (!group) return undefined;
    if (!hasVid(group.vidRanges, vid))
      return problemOf(vidOutsideGroup(group, [{ vid, name }], 'vid'));
    const twin = this.targets
      .with(`name:${name}`)
      .find((other) => other !== target && other.fields.group === named);
    return (
      twin &&
      new RowProblem(
        'duplicate_row',
        `VLAN ${twin.fields.vid} of the group ${named} is called ${name} too; in a VLAN group names are unique.`,
        'name',
      )
    );
  }

  /** The VLANs that are stored with a group, as they are stored. */
  storedIn(group: string): readonly Vlan[] {
    return this.targets.stored.filter((vlan) => vlan.group === group);
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
