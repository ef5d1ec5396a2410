// The past of the demo: data centres and offices that have grown for a year and a half, made by the
// use cases themselves with a clock, so that the audit log, usage and forecasts follow from it.
import { join } from 'node:path';
import { withHandlers } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import {
  AllocateAddresses,
  AllocateSubnet,
  CreatePools,
  DeletePool,
  GLOBAL_VRF_ID,
  KeepRecords,
  UpdatePool,
  VRFS,
} from '@cloudpam/pools';
import { POOL_HANDLERS } from '@cloudpam/reconciliation';
import { openStorage } from '@cloudpam/storage-typeorm';
import { randomNumbers } from './bench/timing.mjs';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const WEEKS = 80;
const USUAL = { minPrefixLength: null, maxPrefixLength: null, requiredTags: [] };
const PEOPLE = ['ada', 'grace', 'katherine'].map((name) => ({ type: 'user', id: name, name }));

/**
 * Writes the past into an empty database, which it brings up to date.
 * @param {string} url `sqlite:PATH`
 * @param {Date} now where the past ends
 * @returns {Promise<number>} how many changes were made
 */
export async function makePast(url, now) {
  const storage = await openStorage({
    url,
    migrationsDir: join(import.meta.dirname, '../migrations'),
  });
  try {
    return await new Past(withHandlers(storage.unitOfWork, POOL_HANDLERS), now).make();
  } finally {
    await storage.close();
  }
}

class Past {
  #changes = 0;
  #last = 0;
  #random = randomNumbers(23);

  constructor(unitOfWork, now) {
    this.now = now;
    this.create = new CreatePools(unitOfWork);
    this.allocate = new AllocateSubnet(unitOfWork);
    this.update = new UpdatePool(unitOfWork);
    this.remove = new DeletePool(unitOfWork);
    this.vrfs = new KeepRecords(unitOfWork, VRFS);
    this.hosts = new AllocateAddresses(unitOfWork, (bound) => BigInt(this.#below(Number(bound))));
  }

  async make() {
    await this.#pool(0, 'Data centres', '10.240.0.0/12');
    const servers = await this.#pool(0, 'Frankfurt servers', '10.240.0.0/18', 24);
    const amsterdam = await this.#pool(0, 'Amsterdam servers', '10.241.0.0/16', 22);
    const pods = await this.#pool(0, 'Kubernetes pods', '10.244.0.0/14', 20);
    const offices = await this.#pool(0, 'Offices', '192.168.0.0/17', 24);
    const lab = await this.#pool(0, 'Lab', '10.242.0.0/18', 24);
    const management = await this.#pool(0, 'Management', '10.243.0.0/25');
    const sites = await this.#pool(0, 'Sites, IPv6', 'fd20:30::/40', 48);
    const warehouses = await this.#pool(0, 'Warehouses', '10.243.4.0/22', 26);
    await this.#pool(0, 'Disaster recovery, Madrid', '10.250.0.0/18');
    const inWarehouses = [];
    const inLab = [];
    const inOffices = [];
    for (let week = 0; week < WEEKS; week++) {
      if (this.#chance(0.8)) await this.#network(week, servers, 24, 'fra-app');
      if (this.#chance(0.25)) await this.#network(week, amsterdam, 22, 'ams-app');
      // Clusters come one by one, and six at once where a region opens.
      if (week % 9 === 7) await this.#network(week, pods, 20, 'cluster', week === 43 ? 6 : 1);
      if (this.#chance(0.3)) inOffices.push(await this.#network(week, offices, 24, 'office'));
      if (inOffices.length > 6 && this.#chance(0.1)) await this.#gone(week, inOffices.shift());
      if (week < 20 && this.#chance(0.8)) inLab.push(await this.#network(week, lab, 24, 'lab'));
      if (week > 40 && inLab.length > 2 && this.#chance(0.2)) await this.#gone(week, inLab.shift());
      if (this.#chance(0.6)) await this.#addresses(week, management);
      if (this.#chance(0.35)) await this.#network(week, sites, 48, 'site');
      // What the analysis finds: space that was left in pieces, and a company that came with networks of its own.
      if (week < 16) inWarehouses.push(await this.#network(week, warehouses, 26, 'scanners'));
      if (week === 30)
        for (const each of inWarehouses.filter((_, at) => at % 2 === 1))
          await this.#gone(week, each);
      if (week === 31) await this.#ruled(week, warehouses);
      if (week === 52) await this.#acquired(week);
    }
    return this.#changes;
  }

  async #ruled(week, { id }) {
    const rules = { ...USUAL, defaultPrefixLength: 25, requiredTags: ['owner'] };
    await this.update.execute(this.#change(week), id, { rules });
  }

  async #acquired(week) {
    const reachabilityDomain = 'corporate';
    await this.vrfs.update(this.#change(week), GLOBAL_VRF_ID, { reachabilityDomain });
    const fields = { name: 'Acquired company', rd: null, description: '', reachabilityDomain };
    const { id: vrfId } = await this.vrfs.create(this.#change(week), fields);
    for (const [name, cidr] of [
      ['Warsaw servers', '10.241.0.0/22'],
      ['Warsaw offices', '192.168.2.0/23'],
    ])
      await this.create.one(this.#change(week), {
        name,
        cidr: parseCidr(cidr),
        kind: 'vpc',
        vrfId,
      });
  }

  async #pool(week, name, cidr, usual) {
    const rules = usual && { ...USUAL, defaultPrefixLength: usual };
    const asked = { name, cidr: parseCidr(cidr), ...(rules && { rules }) };
    return (await this.create.one(this.#change(week), asked)).pool;
  }

  async #network(week, { id }, prefixLength, name, count = 1) {
    const change = this.#change(week);
    const request = { from: { poolId: id }, name: `${name}-${week + 1}`, prefixLength, count };
    const [first] = await this.allocate.execute(change, request);
    return first;
  }

  async #addresses(week, { id }) {
    const count = 1 + this.#below(3);
    const request = { poolId: id, count, name: `host-${week + 1}`, role: 'host' };
    await this.hosts.execute(this.#change(week), request);
  }

  async #gone(week, { id }) {
    await this.remove.execute(this.#change(week), id, { cascade: false });
  }

  /** Somebody does it, some hours after what was done before. */
  #change(week) {
    const begins = this.now.getTime() - (WEEKS - week) * WEEK_MS;
    this.#last = Math.max(begins, this.#last) + Math.round(14 * this.#random() * HOUR_MS);
    this.#changes += 1;
    const actor = PEOPLE[this.#below(PEOPLE.length)];
    return { actor, at: new Date(this.#last), requestId: `past-${this.#changes}` };
  }

  #chance(share) {
    return this.#random() < share;
  }

  #below(bound) {
    return Math.floor(this.#random() * bound);
  }
}
