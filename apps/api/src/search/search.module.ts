import { Module } from '@nestjs/common';
import { SearchController } from './search.controller';

/** The search over everything that has a name or an address. */
@Module({ controllers: [SearchController] })
export class SearchModule {}
