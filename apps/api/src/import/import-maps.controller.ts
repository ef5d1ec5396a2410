import { Body, Controller, Delete, Get, Inject, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { KeepMaps, SAVED_MAPS_LIMIT, type SavedMap } from '@cloudpam/import';
import { Requires } from '../http/access-guard';
import { DryRunQuery } from '../http/common.dto';
import { pageOfAll } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathName } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import {
  ImportMapBodyDto,
  ImportMapDto,
  ImportMapQuery,
  ImportMapsDto,
} from './dto/import-map.dto';
import { readMap } from './import-map';

/** Maps that people keep for the next file of the same kind. */
@ApiTags('import')
@Controller('api/v1/import/maps')
export class ImportMapsController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(KeepMaps) private readonly keepMaps: KeepMaps,
  ) {}

  @Get()
  @Requires('import:read')
  @Operation({
    id: 'listImportMaps',
    summary: 'List the maps of imports',
    description: `Gives all maps that are kept, by name: at most ${SAVED_MAPS_LIMIT}.`,
    answer: ImportMapsDto,
  })
  async list(@Context() _: RequestContext, @Query() query: ImportMapQuery): Promise<ImportMapsDto> {
    const maps = await this.storage.unitOfWork.read(
      ({ savedMaps }) => savedMaps.list(SAVED_MAPS_LIMIT),
      { moment: 'any' },
    );
    const named = maps.filter(({ name }) => query.name === undefined || name === query.name);
    return pageOfAll(named.map(ImportMapDto.of), query, 'import maps');
  }

  @Put(':name')
  @Requires('import:write')
  @Operation({
    id: 'saveImportMap',
    summary: 'Keep a map of imports',
    description: 'Keeps a map under a name, in the place of the one that has it.',
    answer: ImportMapDto,
    problems: ['too_many_import_maps'],
  })
  save(
    @Context() context: RequestContext,
    @PathName() name: string,
    @Query() _: DryRunQuery,
    @Body() { map }: ImportMapBodyDto,
  ): Promise<ImportMapDto> {
    readMap(map);
    return context.write(
      (change) => this.keepMaps.save(change, name, map as SavedMap['map']), // JSON, as it came
      (saved) => ({ status: 200, body: ImportMapDto.of(saved) }),
    );
  }

  @Delete(':name')
  @Requires('import:write')
  @Operation({
    id: 'deleteImportMap',
    summary: 'Delete a map of imports',
    description: 'Deletes a map, and gives what it was.',
    answer: ImportMapDto,
    problems: ['import_map_not_found'],
  })
  remove(
    @Context() context: RequestContext,
    @PathName() name: string,
    @Query() _: DryRunQuery,
  ): Promise<ImportMapDto> {
    return context.write(
      (change) => this.keepMaps.remove(change, name),
      (map) => ({ status: 200, body: ImportMapDto.of(map) }),
    );
  }
}
