import { IdsField, TextsField } from '../../http/fields';

/** The part of the estate that a token or a person is limited to, both ways on the wire. */
export class LimitsDto {
  @TextsField({
    description: 'The keys of the accounts that it is limited to; null for no such limit',
    longest: 300,
    max: 1_000,
    nullable: true,
    example: ['aws:111122223333'],
  })
  accounts!: readonly string[] | null;

  @IdsField({
    description:
      'The ids of the pools that it is limited to, with all below them; null for no such limit',
    max: 100,
    nullable: true,
    example: [42],
  })
  pools!: readonly number[] | null;
}
