import type { ReceivedMessage } from '../generated/parcels/index.js';

export interface Parcel {
  grams: number;
  state: 'under way' | 'delivered';
  signedBy?: string;
  note?: string;
}

export type Parcels = Map<string, Parcel>;

export function storeParcel(parcels: Parcels, { message, payload }: ReceivedMessage): void {
  if (message === 'parcel.shipped') {
    const grams = payload.pieces.reduce((sum, piece) => sum + piece.grams, 0);
    parcels.set(payload.id, { grams, state: 'under way' });
    return;
  }
  const { id, signedBy, note } = payload;
  parcels.set(id, {
    grams: parcels.get(id)?.grams ?? 0,
    state: 'delivered',
    ...(signedBy === null ? {} : { signedBy: signedBy.trim() }),
    ...(note === undefined ? {} : { note: note.trim() }),
  });
}
