package com.acme;

public record ChatResponse(String text) {}
