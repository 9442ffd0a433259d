"""The optional crawl: Scrapy fetches, everything else is what a worker does (extra `scrapy`)."""
