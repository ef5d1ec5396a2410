import type { Actor } from '@cloudpam/audit';
import { TextField, WordField } from '../../http/fields';

const ACTOR_TYPES = ['user', 'token', 'collector', 'system'] as const satisfies Actor['type'][];

/** Who did something: a person, a token, a collector's token, or the server itself. */
export class ActorDto {
  @WordField({
    words: ACTOR_TYPES,
    name: 'ActorType',
    description: 'What kind of actor it is',
    example: 'user',
  })
  type!: Actor['type'];

  @TextField({
    description: 'The id of the person or token, the same for ever; `system` for the server',
    example: 'user:7',
  })
  id!: string;

  @TextField({ description: 'The name that the actor had then', example: 'Ada Lovelace' })
  name!: string;

  static of({ type, id, name }: Actor): ActorDto {
    return { type, id, name };
  }
}
