/** A portal of the tax authority: a log-in there opens a taxpayer's whole fiscal life, so none is ever kept or typed. */
export const isSatHost = (host: string) => /(^|\.)sat\.gob\.mx\.?$/i.test(host)
