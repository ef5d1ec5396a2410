import type { FactoryProvider, Type } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config';
import { TRACING, type Tracing } from '../tracing/tracing';
import { STORAGE, type Storage } from './storage';

type Work = Storage['unitOfWork'];

/** Provides use cases that need nothing but the unit of work. */
export function useCases(
  ...classes: readonly (new (work: Work) => object)[]
): readonly FactoryProvider[] {
  return classes.map((each) => useCase(each, (work) => new each(work)));
}

/** Provides a use case that needs more than the unit of work. */
export function useCase<T extends object>(
  provide: new (...args: never[]) => T,
  make: (work: Work, config: Config) => T,
): FactoryProvider {
  return {
    provide: provide as Type<T>, // Nest takes any class for a token, whatever it is constructed of
    inject: [STORAGE, CONFIG, TRACING],
    useFactory: (storage: Storage, config: Config, tracing: Tracing | undefined) => {
      const made = make(storage.unitOfWork, config);
      return tracing?.useCase(made) ?? made;
    },
  };
}
