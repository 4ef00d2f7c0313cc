import type { ParcelDeliveredPayload, ParcelShippedPayload } from '../generated/parcels/index.js';

export interface Shipment {
  readonly id: string;
  readonly pieces: readonly { readonly barcode: string; readonly grams: number }[];
  readonly signedBy?: string;
  readonly note?: string;
}

export function shipped({ id, pieces }: Shipment, at: Date): ParcelShippedPayload {
  return {
    type: 'parcel.shipped',
    id,
    shippedAt: at.toISOString(),
    pieces: pieces.map(({ barcode, grams }) => ({ barcode, grams })),
  };
}

export function delivered({ id, signedBy, note }: Shipment, at: Date): ParcelDeliveredPayload {
  return {
    type: 'parcel.delivered',
    id,
    deliveredAt: at.toISOString(),
    signedBy: signedBy ?? null,
    ...(note === undefined ? {} : { note }),
  };
}
