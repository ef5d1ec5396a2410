import { Prepared } from '../prepared.fixture';
import { memoryStorage, type Storage } from '../storage/storage';
import { unzipped } from '../testing/unzipped';

/** More than a page of each table of the export. */
const MANY = 600;

/** Runs the work of each read a second time, as it is when a replica fails at the end of the first. */
function readingAgain({ unitOfWork, ping, close }: Storage): Storage {
  return {
    unitOfWork: {
      ...unitOfWork,
      read: async (work, options) => {
        await unitOfWork.read(work, options);
        return unitOfWork.read(work, options);
      },
    },
    ping,
    close,
  };
}

describe('an answer whose reads had to run again', () => {
  let once: Prepared;
  let again: Prepared;

  beforeAll(async () => {
    const storage = memoryStorage();
    once = await Prepared.open(undefined, storage);
    await once.account('observe');
    await once.discover(
      Array.from({ length: MANY }, (_, n) => `172.16.${n >> 6}.${(n & 63) * 4}/30`),
    );
    const items = Array.from({ length: MANY }, (_, n) => ({
      name: `pool ${n}`,
      cidr: n === 0 ? '10.0.0.0/8' : `10.${n >> 8}.${n & 255}.0/24`,
    }));
    await once.made('/pools/bulk', { items });
    again = await Prepared.open(undefined, readingAgain(storage));
  });
  afterAll(async () => {
    await again.app.close();
    await once.close();
  });

  it.each([
    '/export?datasets=all,audit',
    '/audit/export',
    '/audit?page_size=500',
    '/pools?page_size=500',
    '/pools/1/tree',
    '/pools/1/history',
    '/pools/1/blocks?new_prefix_len=24&page_size=500',
    `/pools/past?at=${new Date().toISOString()}&page_size=500`,
    '/search?q=pool',
    '/discovery/resources?page_size=500',
    '/discovery/findings',
    '/discovery/status',
    '/accounts',
  ])('is the same: %s', async (url) => {
    const read = async ({ app }: Prepared): Promise<unknown[]> => {
      const { statusCode, rawPayload, body } = await app.inject({
        method: 'GET',
        url: `/api/v1${url}`,
        headers: { authorization: `Bearer ${once.token}` },
      });
      return [statusCode, url.startsWith('/export') ? unzipped(rawPayload) : body];
    };
    const expected = await read(once);
    expect(expected[0]).toBe(200);
    expect(await read(again)).toEqual(expected);
  });
});
