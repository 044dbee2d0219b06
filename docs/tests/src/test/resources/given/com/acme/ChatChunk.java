package com.acme;

public record ChatChunk(String text) {}
