import type { UnitOfWork } from '@cloudpam/audit';
import type { AllStores, StorageUnderTest } from './stores';

/** Makes an empty storage, as a suite asks for one before every test. */
export type OpenStorage = () => Promise<StorageUnderTest>;

export type Opened = UnitOfWork<AllStores>;

/** Registers the hooks that give every test of the surrounding `describe` its own storage. */
export function openedForEachTest(open: OpenStorage): Opened {
  let storage: StorageUnderTest | undefined;
  const opened = (): StorageUnderTest => {
    if (!storage) throw new Error('the storage is open only inside a test');
    return storage;
  };
  beforeEach(async () => {
    storage = await open();
  });
  afterEach(async () => {
    await storage?.close();
    storage = undefined;
  });
  return {
    run: (work, options) => opened().unitOfWork.run(work, options),
    read: (work, options) => opened().unitOfWork.read(work, options),
  };
}

/** A promise and its resolve function, to hold a run where a test wants it. */
export function gate(): { readonly passed: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}
