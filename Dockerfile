# A static program in an empty image: docker build -t sarnakh . && docker run -p 8080:8080 -v sarnakh:/data sarnakh
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$VERSION" -o /out/sarnakh ./cmd/sarnakh \
 && mkdir /out/data /out/tmp \
 && echo 'sarnakh:x:10001:10001::/data:/sbin/nologin' > /out/passwd

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/passwd /etc/passwd
COPY --from=build /src/THIRD_PARTY.md /
COPY --from=build --chown=10001:10001 /out/tmp /tmp
COPY --from=build --chown=10001:10001 /out/data /data
COPY --from=build /out/sarnakh /sarnakh
USER 10001:10001
# Where /config.yaml is read, if one is mounted.
WORKDIR /
ENV SARNAKH_DATA_DIR=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --start-period=30s CMD ["/sarnakh", "health"]
ENTRYPOINT ["/sarnakh"]
CMD ["serve"]
