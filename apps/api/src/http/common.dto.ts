import { ApiProperty } from '@nestjs/swagger';
import type { Type } from '@nestjs/common';
import { BooleanField, inQuery, TextField, WholeField } from './fields';

/** No list is longer. */
export const LAST_PAGE = 1_000_000;

/** Where in a list a page begins. */
abstract class PlaceQuery {
  @inQuery('number')
  @WholeField({
    description: 'The page, from 1',
    min: 1,
    max: LAST_PAGE,
    optional: true,
    default: 1,
  })
  page?: number;

  @TextField({
    description:
      'The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count',
    max: 2_000,
    optional: true,
  })
  cursor?: string;
}

/** Which part of a list. */
export class PageQuery extends PlaceQuery {
  @inQuery('number')
  @WholeField({ description: 'Entries on a page', min: 1, max: 500, optional: true, default: 50 })
  page_size?: number;
}

/** Which part of a list that is short, and is given as a whole where nothing is said. */
export class WholeListQuery extends PlaceQuery {
  @inQuery('number')
  @WholeField({
    description: 'Entries on a page; all of them when left out',
    min: 1,
    max: 500,
    optional: true,
  })
  page_size?: number;
}

/** Narrows a list of what has a name. Names that clouds give are the longest. */
export function NameFilterField(): PropertyDecorator {
  return TextField({
    description: 'Of exactly this name',
    max: 1_000,
    optional: true,
    example: 'office',
  });
}

/** A page of a list of what has a name. */
export class NamedPageQuery extends PageQuery {
  @NameFilterField()
  name?: string;
}

/** A page of a list that is narrowed by a text. */
export class TextPageQuery extends NamedPageQuery {
  @TextField({
    description: 'Part of a name, or of what else tells one from another (VLAN id, group, RD)',
    max: 500,
    optional: true,
    example: 'office',
  })
  q?: string;
}

/** Whether a write only says what it would do. */
export class DryRunQuery {
  @inQuery('boolean')
  @BooleanField({
    description: 'Checks and answers like the write, and changes nothing',
    optional: true,
    default: false,
  })
  dry_run?: boolean;
}

/** A page of a list. */
export interface ListOf<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly total_is_estimate: boolean;
  readonly page: number;
  readonly page_size: number;
  readonly next_cursor: string | null;
}

/** The class of a page of a list, under a name for the document. */
export function listOf<T extends object>(item: Type<T>, name: string): Type<ListOf<T>> {
  class Page implements ListOf<T> {
    @ApiProperty({ type: () => item, isArray: true, description: 'The entries of this page' })
    items!: readonly T[];

    @WholeField({
      description: 'How many entries there are on all pages, up to 10,000',
      example: 1,
    })
    total!: number;

    @BooleanField({ description: 'There are more than 10,000 entries' })
    total_is_estimate!: boolean;

    @WholeField({ description: 'The page, from 1', example: 1 })
    page!: number;

    @WholeField({ description: 'Entries on a full page', example: 50 })
    page_size!: number;

    @TextField({
      description: 'Where the next page begins, for `cursor`; null on the last one',
      nullable: true,
    })
    next_cursor!: string | null;
  }
  Object.defineProperty(Page, 'name', { value: name });
  return Page;
}

/** A page of a list that `q` narrows. */
export interface TypedListOf<T> extends ListOf<T> {
  readonly read_as: string | null;
}

/** The class of a page of a list that `q` narrows. */
export function typedListOf<T extends object>(item: Type<T>, name: string): Type<TypedListOf<T>> {
  class Page extends listOf(item, name) implements TypedListOf<T> {
    @TextField({
      description: 'How the text was read, where that is not word for word',
      nullable: true,
    })
    read_as!: string | null;
  }
  Object.defineProperty(Page, 'name', { value: name });
  return Page;
}
