import { describe, expect, it } from 'vitest';
import { detectFormat, type InputFormat } from '../../src/ingest/detect.ts';

describe('a format is told by its own marks', () => {
  const cases: [InputFormat, string][] = [
    ['NEWSML_G2', '<?xml version="1.0"?><!-- note --><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"/>'],
    ['NEWSML_G2', '\uFEFF \n<g2:conceptItem xmlns:g2="http://iptc.org/std/nar/2006-10-01/"/>'],
    ['NEWSML_1', '<NewsML Version="1.2"/>'],
    ['NEWSML_1', '<NewsItem/>'],
    ['NITF', '<!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf/>'],
    ['FEED', '<rss version="2.0"/>'],
    ['FEED', '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'],
    ['FEED', '<feed xmlns="http://www.w3.org/2005/Atom"/>'],
    ['FEED', '<urlset/>'],
    ['FEED', '{"version": "https://jsonfeed.org/version/1.1", "items": []}'],
    ['NINJS', '{"uri": "urn:x", "versionCreated": "2024-01-01"}'],
    ['NINJS', '[{"guid": "x", "body_html": "<p>x</p>"}]'],
    ['NINJS', '{"uri": "urn:x", "type": "text", "headline": "x"}'],
    ['JSON_LD', '{"@context": "https://schema.org", "@type": "NewsArticle"}'],
    ['STRUCTURED', '{"headline": "x", "text": "y"}'],
    ['HTML', '<!doctype html><html></html>'],
    ['HTML', '<p>A fragment</p>'],
    ['HTML', '<html xmlns="http://www.w3.org/1999/xhtml"><head/></html>'],
    ['PAGE_TEXT', 'A headline\n\nA text.'],
    ['PAGE_TEXT', '[UPDATE] A headline'],
    ['PAGE_TEXT', '<3 is a heart'],
    ['PAGE_TEXT', ''],
  ];
  it.each(cases)('%s: %s', (format, input) => {
    expect(detectFormat(input)).toBe(format);
  });
});

it('takes the sender’s word only where the input has no mark', () => {
  expect(detectFormat('some words', { contentType: 'text/html' })).toBe('PAGE_TEXT');
  expect(detectFormat('words <b>in</b> bold', { fileName: 'page.html' })).toBe('HTML');
  expect(detectFormat('<nitf/>', { contentType: 'text/html' })).toBe('NITF');
});
