import type { Accounts, PoolError } from '@cloudpam/pools';
import {
  DECISIONS,
  FINDING_TYPES,
  type Decided,
  type Decision,
  type DiscoveryError,
  type FindingType,
} from '@cloudpam/reconciliation';
import type { Answer } from '../../http/answer';
import { DryRunQuery } from '../../http/common.dto';
import {
  IdField,
  IdsField,
  ObjectField,
  ObjectsField,
  TextField,
  TextsField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';
import { ProblemDto } from '../../http/problem.dto';
import { ResourceDto } from './resource.dto';

const MODES = ['atomic', 'partial'] as const;
const OUTCOMES = ['done', 'refused'] as const;
const MOST_RESOURCES = 10_000;

/** A decision that needs no word more: an empty object, or no body. */
export class PlainDecisionDto {}

/** Which findings are shown again. */
export class RestoreDto {
  @TextsField({
    description: 'Only findings of these types; all that the resource has when left out',
    min: 1,
    words: FINDING_TYPES,
    name: 'ResourceFindingType',
    optional: true,
  })
  findings?: FindingType[];
}

/** Which findings are ignored, and why. */
export class IgnoreDto extends RestoreDto {
  @TextField({ description: 'Why; it goes into the audit entry', max: 1_000, optional: true })
  reason?: string;

  @TimeField({
    description: 'When the findings come back; never when it is null or left out',
    nullable: true,
    optional: true,
  })
  until?: string | null;
}

/** A decision about many resources. */
export class DecisionRequestDto extends IgnoreDto {
  @WordField({
    words: DECISIONS,
    name: 'Decision',
    description:
      '`import` and `approve` give a resource its pool, `reject` keeps it out; `ignore` hides ' +
      "findings, `restore` shows them again; `adopt` gives a drifted pool the cloud's value; " +
      "`release` frees an orphan's space",
    example: 'release',
  })
  decision!: Decision;

  @IdsField({
    description: 'The resources',
    min: 1,
    max: MOST_RESOURCES,
    unique: true,
    example: [1201, 1202],
  })
  resource_ids!: number[];
}

/** How a decision about many resources is carried out. */
export class DecisionQuery extends DryRunQuery {
  @WordField({
    words: MODES,
    name: 'BulkMode',
    description: '`atomic`: all or none; `partial`: what can be done is done',
    optional: true,
    default: 'atomic',
  })
  mode?: (typeof MODES)[number];
}

/** What came, or would come, of a decision about one of several resources. */
export class DecisionResultDto {
  @IdField({ description: 'The resource', example: 1201 })
  resource_id!: number;

  @WordField({ words: OUTCOMES, name: 'DecisionOutcome', description: 'Whether it was done' })
  status!: (typeof OUTCOMES)[number];

  @ObjectField({
    type: () => ResourceDto,
    description: 'The resource as it is now; null when it is gone with its pool',
    nullable: true,
    optional: true,
  })
  resource?: ResourceDto | null;

  @ObjectField({ type: () => ProblemDto, description: 'Why it was refused', optional: true })
  problem?: ProblemDto;
}

/** What came, or would come, of a decision about many resources. */
export class DecisionsDto {
  @WholeField({ description: 'For how many it was done' })
  done!: number;

  @WholeField({ description: 'For how many it was refused' })
  refused!: number;

  @ObjectsField({ type: () => DecisionResultDto, description: 'One for each id, in their order' })
  results!: readonly DecisionResultDto[];

  /** @param problemFor what the caller may read of an error */
  static of(
    decided: readonly Decided[],
    accounts: Accounts,
    problemFor: (error: DiscoveryError | PoolError) => ProblemDto,
  ): DecisionsDto {
    const results = decided.flatMap((each): readonly DecisionResultDto[] => {
      if ('answer' in each) return (JSON.parse(each.answer) as Answer<DecisionsDto>).body.results; // what `of` gave
      const { id: resourceId } = each;
      if ('error' in each)
        return [{ resource_id: resourceId, status: 'refused', problem: problemFor(each.error) }];
      const resource = each.resource && ResourceDto.of(each.resource, accounts);
      return [{ resource_id: resourceId, status: 'done', resource }];
    });
    const count = (outcome: DecisionResultDto['status']): number =>
      results.filter(({ status }) => status === outcome).length;
    return { done: count('done'), refused: count('refused'), results };
  }
}
