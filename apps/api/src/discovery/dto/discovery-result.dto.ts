import type { ApplyResult, CloudScope } from '@cloudpam/reconciliation';
import { ObjectsField, TextField, WholeField } from '../../http/fields';

/** A scope that was applied. */
export type Applied = Pick<CloudScope, 'account' | 'region'> & { readonly result: ApplyResult };

/** What changed with a snapshot. */
class ChangesDto implements ApplyResult {
  @WholeField({ description: 'Pools created, or linked to a resource for the first time' })
  imported!: number;

  @WholeField({ description: 'Resources that changed' })
  updated!: number;

  @WholeField({ description: 'Resources that a complete listing was without' })
  orphaned!: number;

  @WholeField({ description: 'Resources that are as they were' })
  unchanged!: number;

  @WholeField({ description: "Resources that overlap another network's space" })
  conflicts!: number;
}

/** What changed with a scope. */
export class ScopeResultDto extends ChangesDto {
  @TextField({ description: "The cloud's own id of the account", example: '111122223333' })
  account!: string;

  @TextField({ description: 'The region', example: 'eu-central-1' })
  region!: string;
}

/** Why a scope was refused. */
export class RefusedScopeDto {
  @TextField({ description: "The cloud's own id of the account", example: '111122223333' })
  account!: string;

  @TextField({ description: 'The region', example: 'eu-central-1' })
  region!: string;

  @TextField({ description: 'Why, for programs', example: 'stale_snapshot' })
  code!: string;

  @TextField({
    description: 'Why, and what to do, for people',
    example: 'A newer listing of this scope was applied already.',
  })
  detail!: string;
}

/** What changed with all scopes of a snapshot, and with each. */
export class DiscoveryResultDto extends ChangesDto {
  @ObjectsField({ type: () => RefusedScopeDto, description: 'Scopes that were refused' })
  errors!: readonly RefusedScopeDto[];

  @ObjectsField({ type: () => ScopeResultDto, description: 'Scopes that were applied' })
  scopes!: readonly ScopeResultDto[];

  static of(applied: readonly Applied[], errors: readonly RefusedScopeDto[]): DiscoveryResultDto {
    const sum = (field: keyof ApplyResult): number =>
      applied.reduce((total, { result }) => total + result[field], 0);
    return {
      imported: sum('imported'),
      updated: sum('updated'),
      orphaned: sum('orphaned'),
      unchanged: sum('unchanged'),
      conflicts: sum('conflicts'),
      errors,
      scopes: applied.map(({ result, ...place }) => ({ ...place, ...result })),
    };
  }
}
