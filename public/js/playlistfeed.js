// A live playlist and what it lists, fetched.

import { LivePlaylist } from "./liveplaylist.js";
import { ATTEMPTS, pause } from "./mediafeed.js";

export class PlaylistFeed {
  #address;
  #media;

  constructor(address, media) {
    this.#address = new URL(address, location.href);
    this.#media = media;
  }

  /** The playlist; as soon as it has that part, if one is named. */
  async playlist(part) {
    const address = new URL(this.#address);
    if (part) {
      address.searchParams.set("_HLS_msn", part.segment);
      address.searchParams.set("_HLS_part", part.part);
    }
    const response = await this.#media.fetch(address, part ? 1 : ATTEMPTS).catch(async (error) => {
      if (!part || !error.status) throw error;
      // It waited in vain, or the numbers are another life's of the server: from the beginning.
      await pause();
      return this.#media.fetch(this.#address);
    });
    return new LivePlaylist(await response.text());
  }

  async bytes(uri) {
    const response = await this.#media.fetch(new URL(uri, this.#address));
    return response.arrayBuffer();
  }

  /** The same; nothing if it has left the ring. */
  async bytesIfThere(uri) {
    return this.bytes(uri).catch((error) => {
      if (error.status !== 404) throw error;
    });
  }
}
